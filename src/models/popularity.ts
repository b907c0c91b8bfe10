import type { Interactions } from "../interactions/interactions.ts";
import { readTensor, tensor } from "../linalg/tensor.ts";
import { firstWhere, type Ranked, requirePlaces, topK } from "../linalg/top_k.ts";
import { defineAlgorithm } from "./define_algorithm.ts";
import type { Model } from "./model.ts";
import type { OptionsOf } from "./options/declarations.ts";
import { number } from "./options/option.ts";
import { decayedCounts } from "./statistics/decayed_counts.ts";
import { statisticsOf } from "./statistics/statistics_of.ts";

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

  fitsFrom: "sums",
  fit: async (train, options) => createPopularity(await statisticsOf(train).popularity(options)),
  fromTensors: (tensors) => createPopularity(readTensor(tensors, "counts", Float32Array).data),
});

/** The score of each item by {@linkcode popularity} with its default options. */
export function popularityCounts(train: Interactions): Float32Array {
  return decayedCounts(train, popularity.defaults.halfLifeDays);
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
      return hidden.map((items) => {
        const omitted = new Set(items);
        return firstWhere(all(), k, (item) => !omitted.has(item));
      });
    },
    explain: ({ items: { length } }, items) =>
      Array.from(items, (item) => ({ base: counts[item], events: new Float32Array(length) })),
    toTensors: () => ({ counts: tensor(counts) }),
  };
}
