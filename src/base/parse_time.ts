import { WHITESPACE } from "./whitespace.ts";

/** The forms that {@linkcode parseTime} reads, for messages. */
export const TIME_FORMS =
  "like 2019-10-01 12:00:00 UTC, 2019-10-01T12:00:00+03:00, 2019-10-01 12:00 (UTC), 2019-10-01, " +
  "or seconds, milliseconds, microseconds or nanoseconds since 1970";

const BLANKS = `[${WHITESPACE}]*`;

/**
 * The patterns of times, which SQL shares: only what JavaScript, Java and Rust read alike. The
 * groups of `dateAndClock` are year, month, day, hour, minute, second, fraction, half of the day
 * and zone; those of `epoch` the whole number and its fraction.
 */
export const TIME_PATTERNS = {
  dateAndClock: `^${BLANKS}([0-9]{4})-([0-9]{2})-([0-9]{2})` +
    `(?:[Tt ]${BLANKS}([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?` +
    `${BLANKS}([AaPp][Mm])?` +
    `${BLANKS}([Uu][Tt][Cc]|[Gg][Mm][Tt]|[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?)?${BLANKS}$`,
  compactDate: `^${BLANKS}([0-9]{4})([0-9]{2})([0-9]{2})${BLANKS}$`,
  epoch: `^${BLANKS}([0-9]{1,19})(?:[.]([0-9]+))?${BLANKS}$`,
} as const;

const DATE_AND_CLOCK = new RegExp(TIME_PATTERNS.dateAndClock);
const COMPACT_DATE = new RegExp(TIME_PATTERNS.compactDate);
const EPOCH = new RegExp(TIME_PATTERNS.epoch);

/** Times must be earlier than this, in microseconds since 1970-01-01 UTC. */
export const TIME_END = Date.UTC(2100, 0) * 1000;

/**
 * Reads a time: a date, with or without a clock and a zone, or a number since 1970-01-01 UTC, whose
 * size tells its unit. Without a zone, a time is UTC; without a clock, it is midnight.
 *
 * @returns Microseconds since 1970-01-01 UTC; nothing if the text has none of these forms, names a
 * day or hour that doesn't exist, or isn't from 1970 to 2099.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseTime("1970-01-01T03:00:01+03:00"), 1e6);
 * assertEquals(parseTime("1970-01-01 12:00:01 AM"), 1e6);
 * assertEquals(parseTime("1740787553000"), parseTime("2025-03-01 00:05:53"));
 * assertEquals(parseTime("yesterday"), undefined);
 * ```
 */
export function parseTime(text: string): number | undefined {
  const time = text.includes("-")
    ? parseDateAndClock(text)
    : parseCompactDate(text) ?? parseEpoch(text);
  return time !== undefined && time >= 0 && time < TIME_END ? time : undefined;
}

function parseDateAndClock(text: string): number | undefined {
  const match = DATE_AND_CLOCK.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = ""] = match;
  const midnight = midnightOf(Number(year), Number(month), Number(day));
  const hours = hourOf(Number(hour), match[8]);
  if (midnight === undefined || hours === undefined) return undefined;
  if (Number(minute) > 59 || Number(second) > 59) return undefined;
  const zone = zoneOf(match[9]);
  if (zone === undefined) return undefined;
  const seconds = 3600 * hours + 60 * (Number(minute) - zone) + Number(second);
  return midnight + seconds * 1e6 + Number(fraction.slice(0, 6).padEnd(6, "0"));
}

function parseCompactDate(text: string): number | undefined {
  const match = COMPACT_DATE.exec(text);
  return match === null
    ? undefined
    : midnightOf(Number(match[1]), Number(match[2]), Number(match[3]));
}

/**
 * Eight digits are a date. Up to 11 digits are seconds, up to 14 milliseconds, up to 17
 * microseconds: 1973 to 2099 in each.
 */
function parseEpoch(text: string): number | undefined {
  const match = EPOCH.exec(text);
  if (match === null || match[1].length === 8) return undefined;
  const [, whole, fraction = ""] = match;
  const unit = whole.length <= 11 ? 6 : whole.length <= 14 ? 3 : 0;
  if (whole.length > 17) return Number(whole.slice(0, -3));
  return Number(whole + fraction.slice(0, unit).padEnd(unit, "0"));
}

let lastDate = NaN;
let lastMidnight: number | undefined;

/** Most times have the date of the one before. */
function midnightOf(year: number, month: number, day: number): number | undefined {
  const date = 10_000 * year + 100 * month + day;
  if (date !== lastDate) {
    const ms = Date.UTC(year, month - 1, day);
    const exists = month >= 1 && new Date(ms).getUTCMonth() === month - 1 && day >= 1;
    lastMidnight = exists && year >= 1970 ? ms * 1000 : undefined;
    lastDate = date;
  }
  return lastMidnight;
}

function hourOf(hour: number, half?: string): number | undefined {
  if (half === undefined) return hour <= 23 ? hour : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return hour % 12 + (half.toUpperCase() === "PM" ? 12 : 0);
}

/** Minutes ahead of UTC. */
function zoneOf(zone?: string): number | undefined {
  if (zone === undefined || /^[a-z]/i.test(zone)) return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(":", ""))];
  if (hours > 14 || minutes > 59) return undefined;
  return (zone[0] === "-" ? -1 : 1) * (60 * hours + minutes);
}
