import { TIME_END, TIME_PATTERNS } from "../../base/parse_time.ts";
import { sqlText } from "./quote.ts";

/** Times of the usual form, whose parts have fixed places. */
const USUAL = "^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}( UTC|Z)?$";

/**
 * The parts of a time as an array of texts: nine of one with a date, empty where a part is missing,
 * two of a number, another number of what has no such form; null of {@linkcode USUAL} ones. A query
 * should select it before {@linkcode timeSql} uses it, so that the patterns run once.
 */
export function timePartsSql(text: string): string {
  const nine = Array.from({ length: 9 }, (_, i) => `$${i + 1}`).join("|");
  const compact = `regexp_replace(${text}, ${
    sqlText(TIME_PATTERNS.compactDate)
  }, '$1|$2|$3||||||')`;
  const clock = `regexp_replace(${compact}, ${sqlText(TIME_PATTERNS.dateAndClock)}, '${nine}')`;
  const parts = `regexp_replace(${clock}, ${sqlText(TIME_PATTERNS.epoch)}, '$1|$2')`;
  return `CASE WHEN ${text} RLIKE ${sqlText(USUAL)} THEN NULL ` +
    `WHEN contains(${text}, '|') THEN array('') ELSE split(${parts}, '[|]', -1) END`;
}

/**
 * The numbers of a time of nine parts: hour, minute, second, hours and minutes of its zone; null of
 * others. A query should select it before {@linkcode timeSql} uses it.
 *
 * @param parts Its {@linkcode timePartsSql}.
 */
export function timeNumbersSql(parts: string): string {
  const texts = [
    ...[3, 4, 5].map((index) => `${parts}[${index}]`),
    `substring(${parts}[8], 2, 2)`,
    `replace(substring(${parts}[8], 4), ':', '')`,
  ];
  const numbers = texts.map((text) => `coalesce(try_cast(${text} AS INT), 0)`);
  return `CASE WHEN size(${parts}) = 9 THEN array(${numbers.join(", ")}) END`;
}

/**
 * A time in microseconds since 1970-01-01 UTC, null if it can't be read; the rule of `parseTime()`,
 * but for its bounds, see {@linkcode isTimeSql}.
 *
 * @param parts Its {@linkcode timePartsSql}.
 * @param numbers Its {@linkcode timeNumbersSql}.
 */
export function timeSql(text: string, parts: string, numbers: string): string {
  return `CASE WHEN ${parts} IS NULL ` +
    `THEN unix_micros(try_cast(substring(${text}, 1, 19) AS TIMESTAMP)) ` +
    `WHEN ${numbers} IS NOT NULL THEN ${dateAndClockSql(parts, numbers)} ` +
    `WHEN size(${parts}) = 2 THEN ${epochSql(parts)} END`;
}

/** Whether the microseconds of {@linkcode timeSql} are from 1970 to 2099. */
export function isTimeSql(micros: string): string {
  return `${micros} >= 0 AND ${micros} < ${TIME_END}`;
}

function dateAndClockSql(parts: string, numbers: string): string {
  const part = (index: number) => `${parts}[${index}]`;
  const [hour, minute, second, zoneHours, zoneMinutes] = Array.from(
    { length: 5 },
    (_, index) => `${numbers}[${index}]`,
  );
  const date = `try_cast(concat(${part(0)}, '-', ${part(1)}, '-', ${part(2)}) AS DATE)`;
  const hours = `CASE WHEN ${part(7)} = '' THEN ${hour} ` +
    `ELSE ${hour} % 12 + CASE WHEN upper(${part(7)}) = 'PM' THEN 12 ELSE 0 END END`;
  const isClock = `${minute} < 60 AND ${second} < 60 AND ` +
    `CASE WHEN ${part(7)} = '' THEN ${hour} < 24 ELSE ${hour} BETWEEN 1 AND 12 END`;
  const isOffset = `${part(8)} RLIKE '^[+-]'`;
  const zone = `CASE WHEN NOT ${isOffset} THEN 0 WHEN ${part(8)} LIKE '-%' ` +
    `THEN -60 * ${zoneHours} - ${zoneMinutes} ELSE 60 * ${zoneHours} + ${zoneMinutes} END`;
  const seconds = `3600 * (${hours}) + 60 * (${minute} - (${zone})) + ${second}`;
  const fraction = `try_cast(rpad(substring(${part(6)}, 1, 6), 6, '0') AS BIGINT)`;
  return `CASE WHEN ${isClock} AND ` +
    `(NOT ${isOffset} OR ${zoneHours} <= 14 AND ${zoneMinutes} <= 59) ` +
    `THEN CAST(unix_date(${date}) AS BIGINT) * 86400000000 + ` +
    `CAST(${seconds} AS BIGINT) * 1000000 + ${fraction} END`;
}

/** Up to 11 digits are seconds, up to 14 milliseconds, up to 17 microseconds, more nanoseconds. */
function epochSql(parts: string): string {
  const [whole, fraction] = [`${parts}[0]`, `${parts}[1]`];
  const scaled = (unit: number) =>
    `try_cast(concat(${whole}, rpad(substring(${fraction}, 1, ${unit}), ${unit}, '0')) AS BIGINT)`;
  return `CASE WHEN length(${whole}) = 8 THEN NULL ` +
    `WHEN length(${whole}) <= 11 THEN ${scaled(6)} WHEN length(${whole}) <= 14 THEN ${scaled(3)} ` +
    `WHEN length(${whole}) <= 17 THEN try_cast(${whole} AS BIGINT) ` +
    `ELSE try_cast(substring(${whole}, 1, length(${whole}) - 3) AS BIGINT) END`;
}
