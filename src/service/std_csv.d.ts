/** The part of `@std/csv` that is used: as published on npm, it comes without types. */
export function stringify(
  data: readonly Readonly<Record<string, unknown>>[],
  options: { columns: readonly string[]; headers?: boolean },
): string;
