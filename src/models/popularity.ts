import { decayFactor } from "../base/half_life.ts";
import { SECONDS_PER_DAY } from "../base/time.ts";
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
    meaning: "Days after which an event counts half; Infinity counts all events the same",
  }),
};

/** How {@linkcode popularity} weighs events. */
export type PopularityOptions = OptionsOf<typeof options>;

/**
 * What everybody views and buys, the same for all: the sum of each item's event weights, decaying
 * exponentially with age. The baseline that a model has to beat, and the answer for unknown users.
 *
 * Fitting takes time linear in the events; a score is copied, not computed, and all users share one
 * ranking.
 */
export const popularity = defineAlgorithm({
  name: "popularity",
  description: "What everybody views and buys, recent events counting more; the same for all",
  options,

  fit: (train, { halfLifeDays }) => createPopularity(decayedCounts(train, halfLifeDays)),
  fromTensors: (tensors) => createPopularity(readTensor(tensors, "counts", Float32Array).data),
});

/** countᵢ = Σ w · 2^(−age / half-life), age measured back from the latest event. */
function decayedCounts(train: Interactions, halfLifeDays: number): Float32Array {
  const { itemIds, items, weights, times } = train;
  const { last } = timeSpan(train);
  const counts = new Float64Array(itemIds.size);
  for (let i = 0; i < items.length; i++) {
    const ageDays = (last - times[i]) / SECONDS_PER_DAY;
    counts[items[i]] += weights[i] * decayFactor(ageDays, halfLifeDays);
  }
  return Float32Array.from(counts);
}

function createPopularity(counts: Float32Array): Model {
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
