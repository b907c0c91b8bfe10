/** The texts that databases and data frames write for a missing value. */
export const MISSING: readonly string[] = [
  ...["", "NULL", "null", "\\N", "nan", "NaN", "NA", "N/A", "<NA>", "None"],
];

const SET: ReadonlySet<string> = new Set(MISSING);

/** Whether a text means a missing value, blanks around it aside. */
export function isMissing(text: string): boolean {
  return SET.has(text.trim());
}
