/**
 * The patterns of ids, which SQL shares: only what Polars, JavaScript and Java read alike.
 */
export const ID_PATTERNS = {
  /**
   * An integer that a data frame wrote as a decimal number, because its column had missing values;
   * the first group is the integer.
   */
  float: "^(-?(?:0|[1-9][0-9]*))[.]0+$",
  /** An integer that a spreadsheet rounded: its last digits are lost. */
  rounded: "^[0-9](?:[.,][0-9]+)?[eE][+]?[0-9]+$",
} as const;
