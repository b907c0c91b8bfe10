import { decayFactor } from "../../base/half_life.ts";
import { SECONDS_PER_DAY } from "../../base/time.ts";
import { activeTimeOf } from "../../interactions/active_time.ts";
import type { Interactions } from "../../interactions/interactions.ts";
import { timeSpan } from "../../interactions/split.ts";

/**
 * countᵢ = Σ over users and days (UTC) of max w · 2^(−age / half-life), over the user's events with
 * the item on that day; age measured back from the latest event.
 */
export function decayedCounts(train: Interactions, halfLifeDays: number): Float32Array {
  const { itemIds, indptr, items, weights, times } = train;
  const { last } = timeSpan(train);
  const active = activeTimeOf(train);
  const counts = new Float64Array(itemIds.size);
  // The latest user and day of each item, as a number, and the strongest event then.
  const visits = new Uint32Array(itemIds.size);
  const strongest = new Float64Array(itemIds.size);
  let visit = 0;
  for (let user = 0; user + 1 < indptr.length; user++) {
    let day = -1;
    for (let p = indptr[user]; p < indptr[user + 1]; p++) {
      const item = items[p];
      const today = Math.floor(times[p] / SECONDS_PER_DAY);
      if (today !== day) visit++;
      day = today;
      if (visits[item] !== visit) {
        counts[item] += strongest[item];
        strongest[item] = 0;
        visits[item] = visit;
      }
      const ageDays = active.between(times[p], last) / SECONDS_PER_DAY;
      const weight = weights[p] * decayFactor(ageDays, halfLifeDays);
      if (weight > strongest[item]) strongest[item] = weight;
    }
  }
  return Float32Array.from(counts, (count, item) => count + strongest[item]);
}
