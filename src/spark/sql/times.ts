import { TIME_END, TIME_PATTERNS } from "../../base/parse_time.ts";
import { sqlText } from "./quote.ts";

/** Times of the usual form, whose parts have fixed places. */
const USUAL = "^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}( UTC|Z)?$";

/** Where the parts of {@linkcode USUAL} begin, and their lengths. */
const PLACES: readonly (readonly [number, number])[] = [
  ...[[1, 4], [6, 2], [9, 2], [12, 2], [15, 2], [18, 2]] as const,
];

/**
 * The parts of a time with a date as an array of texts: six of the usual form, else nine, empty
 * where a part is missing; an array of another length for other texts. A query should select it
 * before {@linkcode timeSql} uses it, so that the patterns run once.
 */
export function timePartsSql(text: string): string {
  const usual = PLACES.map(([from, length]) => `substring(${text}, ${from}, ${length})`);
  const nine = Array.from({ length: 9 }, (_, i) => `$${i + 1}`).join("|");
  const compact = `regexp_replace(${text}, ${
    sqlText(TIME_PATTERNS.compactDate)
  }, '$1|$2|$3||||||')`;
  const parts = `regexp_replace(${compact}, ${sqlText(TIME_PATTERNS.dateAndClock)}, '${nine}')`;
  return `CASE WHEN ${text} RLIKE ${sqlText(USUAL)} THEN array(${usual.join(", ")}) ` +
    `ELSE split(${parts}, '[|]', -1) END`;
}

/**
 * A time in microseconds since 1970-01-01 UTC, null if it can't be read; the rule of `parseTime()`.
 *
 * @param parts Its {@linkcode timePartsSql}.
 */
export function timeSql(text: string, parts: string): string {
  const time = `CASE WHEN size(${parts}) = 6 THEN ${usualSql(parts)} ` +
    `WHEN size(${parts}) = 9 THEN ${dateAndClockSql(parts)} ELSE ${epochSql(text)} END`;
  return `CASE WHEN (${time}) BETWEEN 0 AND ${TIME_END - 1} THEN ${time} END`;
}

function usualSql(parts: string): string {
  const [hour, minute, second] = [3, 4, 5].map((index) => `try_cast(${parts}[${index}] AS INT)`);
  return `CASE WHEN ${hour} < 24 AND ${minute} < 60 AND ${second} < 60 THEN ${
    midnightSql(parts)
  } + ` +
    `CAST(3600 * ${hour} + 60 * ${minute} + ${second} AS BIGINT) * 1000000 END`;
}

function midnightSql(parts: string): string {
  const date = `try_cast(concat(${parts}[0], '-', ${parts}[1], '-', ${parts}[2]) AS DATE)`;
  return `CAST(unix_date(${date}) AS BIGINT) * 86400000000`;
}

function dateAndClockSql(parts: string): string {
  const part = (index: number) => `${parts}[${index}]`;
  const number = (text: string) => `coalesce(try_cast(${text} AS INT), 0)`;
  const below = (text: string, limit: number) =>
    `CASE WHEN ${number(text)} < ${limit} THEN ${number(text)} END`;
  const hour = number(part(3));
  const hours = `CASE WHEN ${part(7)} = '' THEN ${below(part(3), 24)} ` +
    `WHEN ${hour} BETWEEN 1 AND 12 ` +
    `THEN ${hour} % 12 + CASE WHEN upper(${part(7)}) = 'PM' THEN 12 ELSE 0 END END`;
  const zoneHours = number(`substring(${part(8)}, 2, 2)`);
  const zoneMinutes = number(`replace(substring(${part(8)}, 4), ':', '')`);
  const zone = `CASE WHEN NOT ${part(8)} RLIKE '^[+-]' THEN 0 ` +
    `WHEN ${zoneHours} <= 14 AND ${zoneMinutes} <= 59 THEN ` +
    `(CASE WHEN ${
      part(8)
    } LIKE '-%' THEN -1 ELSE 1 END) * (60 * ${zoneHours} + ${zoneMinutes}) END`;
  const seconds = `3600 * (${hours}) + 60 * ((${below(part(4), 60)}) - (${zone})) + (${
    below(part(5), 60)
  })`;
  const fraction = `try_cast(rpad(substring(${part(6)}, 1, 6), 6, '0') AS BIGINT)`;
  return `${midnightSql(parts)} + ` +
    `CAST(${seconds} AS BIGINT) * 1000000 + ${fraction}`;
}

/** Up to 11 digits are seconds, up to 14 milliseconds, up to 17 microseconds, more nanoseconds. */
function epochSql(text: string): string {
  const group = (number: number) =>
    `regexp_extract(${text}, ${sqlText(TIME_PATTERNS.epoch)}, ${number})`;
  const [whole, fraction] = [group(1), group(2)];
  const scaled = (unit: number) =>
    `try_cast(concat(${whole}, rpad(substring(${fraction}, 1, ${unit}), ${unit}, '0')) AS BIGINT)`;
  return `CASE WHEN length(${whole}) IN (0, 8) THEN NULL ` +
    `WHEN length(${whole}) <= 11 THEN ${scaled(6)} WHEN length(${whole}) <= 14 THEN ${scaled(3)} ` +
    `WHEN length(${whole}) <= 17 THEN try_cast(${whole} AS BIGINT) ` +
    `ELSE try_cast(substring(${whole}, 1, length(${whole}) - 3) AS BIGINT) END`;
}
