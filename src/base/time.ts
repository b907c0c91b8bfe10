/** Seconds in an hour. */
export const SECONDS_PER_HOUR = 3600;

/** Seconds in a day; no leap seconds, as in Unix time. */
export const SECONDS_PER_DAY = 24 * SECONDS_PER_HOUR;

/** Milliseconds in a minute. */
export const MS_PER_MINUTE = 60_000;

/** Milliseconds in an hour. */
export const MS_PER_HOUR = 1000 * SECONDS_PER_HOUR;

/** Milliseconds in a day. */
export const MS_PER_DAY = 1000 * SECONDS_PER_DAY;

/**
 * A time as ISO 8601 text in UTC, to the millisecond.
 *
 * @param seconds Since 1970.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isoTime(1_569_888_000), "2019-10-01T00:00:00.000Z");
 * ```
 */
export function isoTime(seconds: number): string {
  return new Date(1000 * seconds).toISOString();
}

/**
 * A time for display, in UTC, to the minute.
 *
 * @param seconds Since 1970.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(minuteText(1_569_888_090), "2019-10-01 00:01");
 * ```
 */
export function minuteText(seconds: number): string {
  return isoTime(seconds).slice(0, "YYYY-MM-DDThh:mm".length).replace("T", " ");
}

/**
 * The day of a time in UTC, as ISO 8601 text.
 *
 * @param seconds Since 1970.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isoDate(1_569_888_090), "2019-10-01");
 * ```
 */
export function isoDate(seconds: number): string {
  return isoTime(seconds).slice(0, "YYYY-MM-DD".length);
}

/**
 * Seconds since an earlier moment, to a fraction of a millisecond.
 *
 * @param start What `performance.now()` returned then.
 */
export function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}

/** Resolves after a number of milliseconds. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
