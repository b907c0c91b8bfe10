import { SECONDS_PER_DAY, SECONDS_PER_HOUR } from "../../base/time.ts";
import type { Span } from "./recent_counts.ts";

/**
 * The window of a number of days up to the end of the current hour. If nothing happened in it, as
 * with a demonstration on old data, it ends with the hour of the latest event.
 *
 * @param options `now`, and `latest`, when the latest event happened until then: seconds since
 *   1970-01-01 UTC; `latest` is `-Infinity` if there are no events.
 */
export function windowOf(days: number, { now, latest }: { now: number; latest: number }): Span {
  const current = windowAt(days, now);
  return latest >= current.from || latest === -Infinity ? current : windowAt(days, latest);
}

function windowAt(days: number, last: number): Span {
  const to = (Math.floor(last / SECONDS_PER_HOUR) + 1) * SECONDS_PER_HOUR;
  return { from: to - days * SECONDS_PER_DAY, to };
}
