import { WHITESPACE } from "../../../base/whitespace.ts";
import { isMissing } from "./missing.ts";

/** The character between whole units and cents. */
export type DecimalMark = "." | ",";

/** The patterns of prices, which SQL shares: only what JavaScript, Java and Rust read alike. */
export const PRICE_PATTERNS = {
  /** Signs of currencies and blanks, anywhere. */
  currency: String.raw`\p{Sc}|[${WHITESPACE}']`,
  /** A currency's code before a number; the first group stays. */
  codeBefore: "^[A-Za-z]{2,3}([0-9.,-])",
  /** The same after one. */
  codeAfter: "([0-9.,])[A-Za-z]{2,3}$",
  number: "^-?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:[eE][+-]?[0-9]{1,3})?$",
  /** Whole thousands, grouped by commas. */
  grouped: "^-?[0-9]{1,3}(?:,[0-9]{3})+(?:[.][0-9]*)?$",
} as const;

const CURRENCY = new RegExp(PRICE_PATTERNS.currency, "gu");
const CODE_BEFORE = new RegExp(PRICE_PATTERNS.codeBefore);
const CODE_AFTER = new RegExp(PRICE_PATTERNS.codeAfter);
const NUMBER = new RegExp(PRICE_PATTERNS.number);
const GROUPED = new RegExp(PRICE_PATTERNS.grouped);

/**
 * Reads a price: a currency before or after it and blanks don't count; of `.` and `,`, one is the
 * decimal mark and the other may only group thousands.
 *
 * @param decimal The column's decimal mark; see {@linkcode findDecimalMark}.
 * @returns Nothing if the price is missing: an empty text, `-` or what programs write for null.
 * `NaN` if it can't be read.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["$4.99", "1,000.00"].map((text) => parsePrice(text, ".")), [4.99, 1000]);
 * assertEquals(["12,50", "1.000,00 €"].map((text) => parsePrice(text, ",")), [12.5, 1000]);
 * assertEquals(["-", "free"].map((text) => parsePrice(text, ".")), [undefined, NaN]);
 * ```
 */
export function parsePrice(text: string, decimal: DecimalMark): number | undefined {
  const bare = withoutCurrency(text);
  if (isMissing(text) || bare === "-" || bare === "") return undefined;
  const dotted = decimal === "." ? bare : swapMarks(bare);
  if (NUMBER.test(dotted)) return Number(dotted);
  return GROUPED.test(dotted) ? Number(dotted.replaceAll(",", "")) : NaN;
}

function withoutCurrency(text: string): string {
  return text.replace(CURRENCY, "").replace(CODE_BEFORE, "$1").replace(CODE_AFTER, "$1");
}

function swapMarks(text: string): string {
  return text.replace(/[.,]/g, (mark) => mark === "." ? "," : ".");
}

/**
 * Finds the decimal mark of a column of prices: the comma, if more prices end with a comma and one
 * or two digits than with a dot and any.
 *
 * @param texts The column's first prices.
 */
export function findDecimalMark(texts: readonly string[]): DecimalMark {
  const bare = texts.map(withoutCurrency);
  const commas = bare.filter((text) => /,\d{1,2}$/.test(text)).length;
  const dots = bare.filter((text) => /\.\d+$/.test(text)).length;
  return commas > dots ? "," : ".";
}
