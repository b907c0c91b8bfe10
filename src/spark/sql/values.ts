import { WHITESPACE } from "../../base/whitespace.ts";
import { ID_PATTERNS } from "../../events/read/values/id_patterns.ts";
import { MISSING } from "../../events/read/values/missing.ts";
import { type DecimalMark, PRICE_PATTERNS } from "../../events/read/values/prices.ts";
import { onceSql } from "./once.ts";
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
  const float = `regexp_replace(id_text, ${sqlText(ID_PATTERNS.float)}, '$1')`;
  const id = `CASE WHEN id_text IN ${sqlList(MISSING)} THEN NULL ELSE ${float} END`;
  // Most ids are plain integers; the patterns of others take most of the time.
  return `CASE WHEN CAST(try_cast(${text} AS BIGINT) AS STRING) = ${text} THEN ${text} ` +
    `ELSE ${onceSql(trimmedSql(text), "id_text", id)} END`;
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
 * A price's number, null if the price is missing, NaN if it can't be read; the rule of
 * `parsePrice()`.
 *
 * @param decimal The column's decimal mark.
 */
export function priceSql(text: string, decimal: DecimalMark): string {
  // Nearly all prices are plain; the patterns of others take most of the time.
  const plain = decimal === "." ? "^[0-9]+(?:[.][0-9]+)?$" : "^[0-9]+$";
  return `CASE WHEN ${text} RLIKE ${sqlText(plain)} THEN try_cast(${text} AS DOUBLE) ` +
    `ELSE ${onceSql(barePriceSql(text, decimal), "bare_price", numberSql("bare_price"))} END`;
}

/** A price without its currency and with a decimal point, null if it is missing. */
function barePriceSql(text: string, decimal: DecimalMark): string {
  const { currency, codeBefore, codeAfter } = PRICE_PATTERNS;
  const bare = `regexp_replace(${text}, ${sqlText(currency)}, '')`;
  const before = `regexp_replace(${bare}, ${sqlText(codeBefore)}, '$1')`;
  const after = `regexp_replace(${before}, ${sqlText(codeAfter)}, '$1')`;
  const dotted = decimal === "." ? after : `translate(${after}, '.,', ',.')`;
  return `CASE WHEN NOT ${isMissingSql(text)} THEN nullif(nullif(${dotted}, ''), '-') END`;
}

function numberSql(bare: string): string {
  const { number, grouped } = PRICE_PATTERNS;
  return `CASE WHEN ${bare} IS NULL THEN NULL ` +
    `WHEN ${bare} RLIKE ${sqlText(number)} THEN try_cast(${bare} AS DOUBLE) ` +
    `WHEN ${bare} RLIKE ${sqlText(grouped)} ` +
    `THEN try_cast(replace(${bare}, ',', '') AS DOUBLE) ELSE double('NaN') END`;
}
