import { SECONDS_PER_DAY } from "../../base/time.ts";
import type { Interactions } from "../../interactions/interactions.ts";
import { timeSpan } from "../../interactions/split.ts";

/** What happened to products within some days. */
export interface Trending {
  /** The first second of the window, since 1970-01-01 UTC. */
  readonly from: number;
  /** The first second after it. */
  readonly to: number;
  /** The summed weights of each product's events. */
  readonly counts: Float32Array;
}

/**
 * Counts what happened in the last days up to the latest event of all, whole days in UTC. Until the day of the
 * artifact's last event its events count, after it those that came in.
 *
 * @param happened What came in within as many days, by product and day.
 * @param options `days` the window's length; `size` the number of products.
 */
export function countTrending(
  { items, weights, times }: Pick<Interactions, "items" | "weights" | "times">,
  happened: readonly { readonly item: number; readonly day: number; readonly weight: number }[],
  { days, size }: { days: number; size: number },
): Trending {
  const trainedUntil = Math.floor(timeSpan({ times }).last / SECONDS_PER_DAY);
  const last = happened.reduce((latest, { day }) => Math.max(latest, day), trainedUntil);
  const from = (last + 1 - days) * SECONDS_PER_DAY;
  const counts = new Float32Array(size);
  for (let i = 0; i < items.length; i++) if (times[i] >= from) counts[items[i]] += weights[i];
  for (const { item, day, weight } of happened) {
    if (day > trainedUntil && day * SECONDS_PER_DAY >= from) counts[item] += weight;
  }
  return { from, to: (last + 1) * SECONDS_PER_DAY, counts };
}
