import { TIME_END, TIME_PATTERNS } from "../../base/parse_time.ts";
import { onceSql } from "./once.ts";
import { sqlText } from "./quote.ts";

/** Times of the usual form, whose parts have fixed places. */
const USUAL = "^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}( UTC|Z)?$";

/**
 * A time in microseconds since 1970-01-01 UTC, null if it can't be read; the rule of `parseTime()`,
 * but for its bounds, see {@linkcode isTimeSql}.
 */
export function timeSql(text: string): string {
  const [parts, clock] = ["time_parts", "time_clock"];
  const time = `CASE WHEN ${clock} IS NOT NULL THEN ${dateAndClockSql(parts, clock)} ` +
    `WHEN size(${parts}) = 2 THEN ${epochSql(parts)} END`;
  const ofParts = onceSql(clockSql(parts), clock, time);
  return `CASE WHEN ${text} RLIKE ${sqlText(USUAL)} ` +
    `THEN unix_micros(try_cast(substring(${text}, 1, 19) AS TIMESTAMP)) ` +
    `ELSE ${onceSql(timePartsSql(text), parts, ofParts)} END`;
}

/**
 * The parts of a time as an array of texts: nine of one with a date, empty where a part is missing,
 * two of a number, another number of what has no such form.
 */
function timePartsSql(text: string): string {
  const nine = Array.from({ length: 9 }, (_, i) => `$${i + 1}`).join("|");
  const compact = `regexp_replace(${text}, ${
    sqlText(TIME_PATTERNS.compactDate)
  }, '$1|$2|$3||||||')`;
  const clock = `regexp_replace(${compact}, ${sqlText(TIME_PATTERNS.dateAndClock)}, '${nine}')`;
  const parts = `regexp_replace(${clock}, ${sqlText(TIME_PATTERNS.epoch)}, '$1|$2')`;
  return `CASE WHEN contains(${text}, '|') THEN array('') ELSE split(${parts}, '[|]', -1) END`;
}

/** The hour, minute, second and zone of a time of nine parts; null of others. */
function clockSql(parts: string): string {
  const number = (text: string) => `coalesce(try_cast(${text} AS INT), 0)`;
  const fields = {
    hour: number(`${parts}[3]`),
    minute: number(`${parts}[4]`),
    second: number(`${parts}[5]`),
    half: `upper(${parts}[7])`,
    zone: `left(${parts}[8], 1)`,
    zone_hours: number(`substring(${parts}[8], 2, 2)`),
    zone_minutes: number(`replace(substring(${parts}[8], 4), ':', '')`),
  };
  const struct = Object.entries(fields).map(([name, value]) => `'${name}', ${value}`).join(", ");
  return `CASE WHEN size(${parts}) = 9 THEN named_struct(${struct}) END`;
}

/** Whether the microseconds of {@linkcode timeSql} are from 1970 to 2099. */
export function isTimeSql(micros: string): string {
  return `${micros} >= 0 AND ${micros} < ${TIME_END}`;
}

function dateAndClockSql(parts: string, clock: string): string {
  const [hour, minute, second, half, zone, zoneHours, zoneMinutes] = [
    ...["hour", "minute", "second", "half", "zone", "zone_hours", "zone_minutes"],
  ].map((name) => `${clock}.${name}`);
  const date = `try_cast(concat_ws('-', ${parts}[0], ${parts}[1], ${parts}[2]) AS DATE)`;
  const hours = `CASE WHEN ${half} = '' THEN ${hour} ` +
    `ELSE ${hour} % 12 + CASE WHEN ${half} = 'PM' THEN 12 ELSE 0 END END`;
  const isClock = `${minute} < 60 AND ${second} < 60 AND ` +
    `CASE WHEN ${half} = '' THEN ${hour} < 24 ELSE ${hour} BETWEEN 1 AND 12 END`;
  const isOffset = `${zone} IN ('+', '-')`;
  const offset = `CASE WHEN ${isOffset} ` +
    `THEN (60 * ${zoneHours} + ${zoneMinutes}) * CASE WHEN ${zone} = '-' THEN -1 ELSE 1 END ` +
    "ELSE 0 END";
  const seconds = `3600 * (${hours}) + 60 * (${minute} - (${offset})) + ${second}`;
  const fraction = `try_cast(rpad(substring(${parts}[6], 1, 6), 6, '0') AS BIGINT)`;
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
