import { SECONDS_PER_DAY, SECONDS_PER_HOUR } from "../../base/time.ts";
import type { PackedHistories } from "../../interactions/packed_histories.ts";
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

/** The time of the latest event up to a limit; `-Infinity` if there is none. */
export function latestUntil(histories: PackedHistories, limit: number): number {
  let latest = -Infinity;
  histories.forEach((_item, _weight, time) => {
    if (time <= limit && time > latest) latest = time;
  });
  return latest;
}

/** The summed weights of an artifact's events within a span, by item number. */
export function countTrained(
  histories: PackedHistories,
  { from, to }: Span,
  size: number,
): Float32Array {
  const counts = new Float32Array(size);
  if (from >= to) return counts;
  histories.forEach((item, weight, time) => {
    if (time >= from && time < to) counts[item] += weight;
  });
  return counts;
}
