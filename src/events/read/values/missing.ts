import { UNKNOWN } from "../../../interactions/catalogue.ts";

/** The texts that databases and data frames write for a missing value. */
export const MISSING: readonly string[] = [
  ...["", "NULL", "null", "\\N", "nan", "NaN", "NA", "N/A", "<NA>", "None"],
];

const SET: ReadonlySet<string> = new Set(MISSING);

/** Whether a text means a missing value, blanks around it aside. */
export function isMissing(text: string): boolean {
  return SET.has(text.trim());
}

/** Columns in which cleaning writes `unknown` for a missing value. */
const UNKNOWN_COLUMNS: readonly string[] = ["category_code", "brand"];

/** The texts that mean a missing value in a column of text. */
export function missingIn(name: string): readonly string[] {
  return UNKNOWN_COLUMNS.includes(name) ? [...MISSING, UNKNOWN] : MISSING;
}
