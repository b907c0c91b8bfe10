import { decayFactor } from "../base/half_life.ts";
import { SECONDS_PER_DAY } from "../base/time.ts";
import { activeTimeOf } from "../interactions/active_time.ts";
import type { Interactions } from "../interactions/interactions.ts";
import { timeSpan } from "../interactions/split.ts";
import { readTensor, tensor } from "../linalg/tensor.ts";
import { firstOutside, type Ranked, requirePlaces, topK } from "../linalg/top_k.ts";
import { defineAlgorithm } from "./define_algorithm.ts";
import type { Model } from "./model.ts";
import type { OptionsOf } from "./options/declarations.ts";
import { number } from "./options/option.ts";

const options = {
  halfLifeDays: number(7, {
    above: 0,
    search: [1, 3, 7, 14, 30, Infinity],
    meaning: "Days of active time after which an event counts half; Infinity ignores age",
  }),
};

/** The options of {@linkcode popularity}. */
export type PopularityOptions = OptionsOf<typeof options>;

/**
 * The most popular products, the same for all users. It counts people rather than events: each user
 * counts once per product and day (UTC), with the strongest event, so that thousands of views by a
 * monitor count as one. Counts decay exponentially with age, in active time. The baseline that a
 * model has to beat, and the answer for unknown users.
 *
 * Fitting takes time linear in the events; a score is copied, not computed, and all users share one
 * ranking.
 */
export const popularity = defineAlgorithm({
  name: "popularity",
  description:
    "Products that most people view and buy, with recent events counting more; the same for all",
  options,

  fit: (train, { halfLifeDays }) => createPopularity(decayedCounts(train, halfLifeDays)),
  fromTensors: (tensors) => createPopularity(readTensor(tensors, "counts", Float32Array).data),
});

/** The score of each item by {@linkcode popularity} with its default options. */
export function popularityCounts(train: Interactions): Float32Array {
  return decayedCounts(train, popularity.defaults.halfLifeDays);
}

/**
 * countᵢ = Σ over users and days (UTC) of max w · 2^(−age / half-life), over the user's events with
 * the item on that day; age measured back from the latest event.
 */
function decayedCounts(train: Interactions, halfLifeDays: number): Float32Array {
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

/**
 * The model that scores every item with its count, whatever the history.
 *
 * @param counts One per item, at least 0.
 */
export function createPopularity(counts: Float32Array): Model {
  let ranked: Ranked | undefined;
  const all = () => ranked ??= topK(counts, Math.max(1, counts.length));
  return {
    itemCount: counts.length,
    score: (_history, scores) => scores.set(counts),
    scoreSome: (_history, items) => Float32Array.from(items, (item) => counts[item]),
    rankBatch(_histories, hidden, k) {
      requirePlaces(k);
      return hidden.map((items) => firstOutside(all(), new Set(items), k));
    },
    explain: ({ items: { length } }, items) =>
      Array.from(items, (item) => ({ base: counts[item], events: new Float32Array(length) })),
    toTensors: () => ({ counts: tensor(counts) }),
  };
}
