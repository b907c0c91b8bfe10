/** Rows as CSV; `headers: false` omits the header. */
export function stringify(
  data: readonly Readonly<Record<string, unknown>>[],
  options: { columns: readonly string[]; headers?: boolean },
): string;
