import { WHITESPACE } from "../../base/whitespace.ts";
import { ID_PATTERNS } from "../../events/read/values/id_patterns.ts";
import { MISSING } from "../../events/read/values/missing.ts";
import { type DecimalMark, PRICE_PATTERNS } from "../../events/read/values/prices.ts";
import { sqlList, sqlText } from "./quote.ts";

/** Without blanks around it. */
export function trimmedSql(text: string): string {
  const blanks = `^[${WHITESPACE}]+|[${WHITESPACE}]+$`;
  return `regexp_replace(${text}, ${sqlText(blanks)}, '')`;
}

/** Null where a text means a missing value. */
export function textSql(text: string, missing: readonly string[] = MISSING): string {
  return `CASE WHEN ${text} IN ${sqlList(missing)} THEN NULL ELSE ${text} END`;
}

/** Whether a text means a missing value, blanks around it aside; never null. */
export function isMissingSql(text: string): string {
  return `coalesce(${trimmedSql(text)} IN ${sqlList(MISSING)}, true)`;
}

/** Ids as text: `400003586.0` is `400003586`; null if missing. */
export function idSql(text: string): string {
  const trimmed = trimmedSql(text);
  const float = `regexp_replace(${trimmed}, ${sqlText(ID_PATTERNS.float)}, '$1')`;
  return `CASE WHEN ${text} RLIKE '^[1-9][0-9]{0,17}$' THEN ${text} ` +
    `WHEN ${trimmed} IN ${sqlList(MISSING)} THEN NULL ELSE ${float} END`;
}

/** Whether an id is a 64-bit integer in its usual form, so that nothing is lost; never null. */
export function isIntegerSql(id: string): string {
  return `${id} IS NULL OR coalesce(CAST(try_cast(${id} AS BIGINT) AS STRING) = ${id}, false)`;
}

/** Whether an id was rounded by a spreadsheet; never null. */
export function isRoundedSql(id: string): string {
  return `coalesce(${id} RLIKE ${sqlText(ID_PATTERNS.rounded)}, false)`;
}

/**
 * A price's number, null if it is missing or can't be read; the rule of `parsePrice()`.
 *
 * @param decimal The column's decimal mark.
 */
export function priceSql(text: string, decimal: DecimalMark): string {
  const number = dottedSql(text, decimal);
  return `CASE WHEN ${number} RLIKE ${sqlText(PRICE_PATTERNS.number)} ` +
    `THEN try_cast(${number} AS DOUBLE) ` +
    `WHEN ${number} RLIKE ${sqlText(PRICE_PATTERNS.grouped)} ` +
    `THEN try_cast(replace(${number}, ',', '') AS DOUBLE) END`;
}

/** Whether a price is a number as it stands; never null. */
export function isPlainPriceSql(text: string, decimal: DecimalMark): string {
  const plain = decimal === "." ? "^[0-9]+(?:[.][0-9]+)?$" : "^[0-9]+$";
  return `coalesce(${text} RLIKE ${sqlText(plain)}, false)`;
}

/** Whether a price is missing rather than unreadable; never null. */
export function isPriceMissingSql(text: string): string {
  return `(${isMissingSql(text)} OR coalesce(${bareSql(text)} IN ('', '-'), true))`;
}

/** Without the currency. */
function bareSql(text: string): string {
  const { currency, codeBefore, codeAfter } = PRICE_PATTERNS;
  const bare = `regexp_replace(${text}, ${sqlText(currency)}, '')`;
  const before = `regexp_replace(${bare}, ${sqlText(codeBefore)}, '$1')`;
  return `regexp_replace(${before}, ${sqlText(codeAfter)}, '$1')`;
}

function dottedSql(text: string, decimal: DecimalMark): string {
  const bare = bareSql(text);
  return decimal === "." ? bare : `translate(${bare}, '.,', ',.')`;
}
