/** The rows of CSV, each with a text for every column of its header. */
export function parse(
  text: string,
  options: { skipFirstRow: true },
): Record<string, string>[];
/** Rows as CSV; `headers: false` omits the header. */
export function stringify(
  data: readonly Readonly<Record<string, unknown>>[],
  options: { columns: readonly string[]; headers?: boolean },
): string;
