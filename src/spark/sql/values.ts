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
 * What of a price's text is read, null if the price is missing: without the currency, and with a
 * decimal point. A query should select it before {@linkcode priceSql} uses it, so that the patterns
 * run once.
 *
 * @param decimal The column's decimal mark.
 */
export function barePriceSql(text: string, decimal: DecimalMark): string {
  // Nearly all prices are plain; the patterns of others take most of the time.
  const plain = decimal === "." ? "^[0-9]+(?:[.][0-9]+)?$" : "^[0-9]+$";
  const { currency, codeBefore, codeAfter } = PRICE_PATTERNS;
  const bare = `regexp_replace(${text}, ${sqlText(currency)}, '')`;
  const before = `regexp_replace(${bare}, ${sqlText(codeBefore)}, '$1')`;
  const after = `regexp_replace(${before}, ${sqlText(codeAfter)}, '$1')`;
  const dotted = decimal === "." ? after : `translate(${after}, '.,', ',.')`;
  return `CASE WHEN ${text} RLIKE ${sqlText(plain)} THEN ${text} ` +
    `WHEN NOT ${isMissingSql(text)} THEN nullif(nullif(${dotted}, ''), '-') END`;
}

/**
 * A price's number, null if it is missing or can't be read; the rule of `parsePrice()`.
 *
 * @param bare Its {@linkcode barePriceSql}.
 */
export function priceSql(bare: string): string {
  return `CASE WHEN ${bare} RLIKE ${sqlText(PRICE_PATTERNS.number)} ` +
    `THEN try_cast(${bare} AS DOUBLE) ` +
    `WHEN ${bare} RLIKE ${sqlText(PRICE_PATTERNS.grouped)} ` +
    `THEN try_cast(replace(${bare}, ',', '') AS DOUBLE) END`;
}
