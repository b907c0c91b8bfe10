import { decayFactor } from "../base/half_life.ts";
import { SECONDS_PER_DAY } from "../base/time.ts";
import type { Interactions } from "../interactions/interactions.ts";
import { timeSpan } from "../interactions/split.ts";
import { type Ranked, requirePlaces, topK } from "../linalg/top_k.ts";
import { readTensor, tensor, type Tensors } from "../linalg/tensor.ts";
import type { Algorithm, Model } from "./model.ts";
import { requireEvents, resolveOptions } from "./options.ts";

/** How {@linkcode popularity} weighs what happened. */
export interface PopularityOptions {
  /** After this many days an event counts half. `Infinity` counts all alike. Default 7. */
  halfLifeDays: number;
}

/**
 * What everybody looks at and buys, the same for all: the sum of each item's event weights, fading
 * exponentially with age. The baseline that a model has to beat, and what somebody unknown is shown.
 *
 * Fitting takes time linear in the events; a score is copied, not computed, and all users share one ranking.
 */
export const popularity: Algorithm<PopularityOptions> = {
  name: "popularity",
  description: "What everybody looks at and buys lately; the same for all",
  defaults: { halfLifeDays: 7 },
  searchSpace: { halfLifeDays: [1, 3, 7, 14, 30, Infinity] },

  fit(train, given) {
    const options = resolveOptions("popularity", this.defaults, given, {
      halfLifeDays: { min: 0, exclusive: true },
    });
    requireEvents("popularity", train);
    return createPopularity(decayedCounts(train, options.halfLifeDays));
  },
  fromTensors: (tensors) => createPopularity(readTensor(tensors, "counts", Float32Array).data),
};

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

/** The first `k` that are not hidden. */
function bestOf(all: Ranked, hidden: ReadonlySet<number>, k: number): Ranked {
  const places: number[] = [];
  for (let place = 0; place < all.indices.length && places.length < k; place++) {
    if (!hidden.has(all.indices[place])) places.push(place);
  }
  return {
    indices: Uint32Array.from(places, (place) => all.indices[place]),
    scores: Float32Array.from(places, (place) => all.scores[place]),
  };
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
      return hidden.map((items) => bestOf(all(), new Set(items), k));
    },
    explain: ({ items: { length } }, items) =>
      Array.from(items, (item) => ({ base: counts[item], events: new Float32Array(length) })),
    toTensors: (): Tensors => ({ counts: tensor(counts) }),
  };
}
