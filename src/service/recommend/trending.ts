import { SECONDS_PER_DAY } from "../../base/time.ts";
import type { Interactions } from "../../interactions/interactions.ts";
import { timeSpan } from "../../interactions/split.ts";

/** The events per product within a window of days. */
export interface Trending {
  /** The first second of the window, since 1970-01-01 UTC. */
  readonly from: number;
  /** The first second after it. */
  readonly to: number;
  /** The sum of the event weights of each product. */
  readonly counts: Float32Array;
}

/**
 * Sums event weights over the last days up to the latest event, in whole days UTC. Up to the day of
 * the artifact's last event, its events count; after that, those received since.
 *
 * @param received The weights received within as many days, by product and day.
 * @param options `days` is the length of the window, `size` the number of products.
 */
export function countTrending(
  { items, weights, times }: Pick<Interactions, "items" | "weights" | "times">,
  received: readonly { readonly item: number; readonly day: number; readonly weight: number }[],
  { days, size }: { days: number; size: number },
): Trending {
  const trainedUntil = Math.floor(timeSpan({ times }).last / SECONDS_PER_DAY);
  const last = received.reduce((latest, { day }) => Math.max(latest, day), trainedUntil);
  const from = (last + 1 - days) * SECONDS_PER_DAY;
  const counts = new Float32Array(size);
  for (let i = 0; i < items.length; i++) if (times[i] >= from) counts[items[i]] += weights[i];
  for (const { item, day, weight } of received) {
    if (day > trainedUntil && day * SECONDS_PER_DAY >= from) counts[item] += weight;
  }
  return { from, to: (last + 1) * SECONDS_PER_DAY, counts };
}
