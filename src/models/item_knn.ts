import type { RatingMode } from "../interactions/event_weights.ts";
import { densityOf } from "../interactions/familiarity.ts";
import { fadeWeights } from "../interactions/fade_weights.ts";
import { profileOf } from "../interactions/history.ts";
import { SIMILARITIES } from "../interactions/statistics.ts";
import type { Csr } from "../linalg/sparse/csr.ts";
import { csrFromTensors, csrToTensors, type PackedCsr } from "../linalg/sparse/packed_csr.ts";
import { readTensor, tensor, type Tensors } from "../linalg/tensor.ts";
import { defineAlgorithm } from "./define_algorithm.ts";
import type { Model } from "./model.ts";
import { DAMPING_RULE, popularityDamping } from "./neighbours/popularity_damping.ts";
import type { OptionsOf } from "./options/declarations.ts";
import { AUTO, auto, choice, number, whole } from "./options/option.ts";
import { readOptions, saveOptions } from "./options/saved_options.ts";
import { ratingOption, userPowerOption } from "./options/shared_options.ts";
import { sparseScorer } from "./scoring/sparse_scorer.ts";
import { statisticsOf } from "./statistics/statistics_of.ts";

const options = {
  similarity: choice(SIMILARITIES, "conditional", {
    search: SIMILARITIES,
    meaning: "How items are compared",
  }),
  neighbors: whole(200, {
    min: 1,
    search: [20, 50, 100, 200, 500],
    meaning: "Maximum number of items that each item recommends",
  }),
  shrinkage: number(3, {
    min: 0,
    search: [0, 3, 10, 30],
    meaning: "Added to the denominator: pulls similarities based on few users towards 0",
  }),
  userPower: userPowerOption(0.7, [0.3, 0.7, 1]),
  popularityPower: auto(number(0.1, {
    min: 0,
    max: 1,
    search: [0, 0.1, 0.3, 0.5],
    meaning: "For conditional and bm25: damping of popular items; at 0 they rank first, at 1 " +
      `popularity has no effect; auto: ${DAMPING_RULE}`,
  })),
  pairHalfLifeDays: number(Infinity, {
    above: 0,
    search: [1, 7, Infinity],
    meaning: "Days between a user's events with two items after which the pair counts half; " +
      "Infinity ignores time",
  }),
  historyHalfLifeDays: number(Infinity, {
    above: 0,
    search: [1, 7, Infinity],
    saved: true,
    meaning:
      "Days before the history's last event at which an item counts half; Infinity ignores " +
      "time",
  }),
  selfSimilarity: number(1, {
    min: 0,
    search: [0, 0.5, 1, 2],
    onlyOwn: true,
    meaning: "How much an item recommends itself, in units of its similarity to itself; it " +
      "matters where lists may repeat the history's products",
  }),
  rating: ratingOption(),
};

/** The options of {@linkcode itemKnn}. */
export type ItemKnnOptions = OptionsOf<typeof options>;

/**
 * Items with the same users (Deshpande and Karypis 2004). With r the ratings and n_u the number of
 * items of user u,
 *
 *   sᵢⱼ = Σ_u n_u^−userPower · r_uᵢ·r_uⱼ · 2^(−|t_uᵢ − t_uⱼ| / half-life)
 *
 *   conditional   sim(i, j) = sᵢⱼ / (Σ_u r_uᵢ · (Σ_u r_uⱼ)^popularityPower + shrinkage)
 *   cosine        sim(i, j) = sᵢⱼ / (√(Σ_u r_uᵢ² · Σ_u r_uⱼ²) + shrinkage)
 *   jaccard       sim(i, j) = sᵢⱼ / (Σ_u r_uᵢ² + Σ_u r_uⱼ² − sᵢⱼ + shrinkage)
 *
 * The others see an item as a document and its users as words, and damp users by n_u's inverse
 * document frequency instead. With N the number of items, and Rᵢ the sum of an item's ratings,
 *
 *   tfidf   cosine of √r_uᵢ·ln(N / n_u)
 *   bm25    Σ_u w_uᵢ·w_uⱼ·ln²(N / n_u) / (1 + shrinkage),
 *           w_uᵢ = r_uᵢ·(k₁ + 1) / (r_uᵢ + k₁·(1 − b + b·Rᵢ/R̄)), k₁ = 1.2, b = popularityPower
 *
 * (Robertson and Zaragoza 2009 on both). Each item i keeps its nearest j; itself besides, with
 * selfSimilarity · sim(i, i) by the same formula, where s is over a rating and itself. A history
 * scores
 *
 *   Σᵢ rᵢ · 2^(−ageᵢ / half-life) · sim(i, j)
 *
 * So products of the history stay in lists that may repeat them: NDCG@20 of the next product of
 * RetailRocket's sessions is .351, and .160 without (`scripts/bench/README.md`). Lists of new
 * products don't depend on it.
 *
 * Both kinds of decay follow Ding and Li (2005) and Liu, Zhao, Xiang and Yu (2010).
 *
 * Fitting takes O(Σ_u n_u²), 16 bytes per pair of user and product and 8 per neighbour; scoring
 * O(items of the history × neighbours).
 */
export const itemKnn = defineAlgorithm({
  name: "item_knn",
  description: "Items with the same users",
  options,

  fitsFrom: "sums",

  async fit(train, options, progress) {
    const statistics = statisticsOf(train);
    const popularityPower = options.popularityPower === AUTO
      ? popularityDamping(densityOf(await statistics.familiarity()))
      : options.popularityPower;
    const compared = { ...options, popularityPower };
    const neighbors = await statistics.similarItems(compared, progress);
    const { selfSimilarity } = options;
    const self = selfSimilarity === 0
      ? undefined
      : (await statistics.selfSimilarities(compared)).map((value) => selfSimilarity * value);
    return {
      ...createItemKnn({ ...options, neighbors, self }),
      ...(options.popularityPower === AUTO && { chosen: { popularityPower } }),
    };
  },

  fromTensors(tensors) {
    const neighbors = csrFromTensors(tensors);
    const self = readSelf(tensors, neighbors.rows);
    return createItemKnn({ neighbors, self, ...readOptions(options, tensors) });
  },
});

/** Absent in a model without it, as all were before there was the option. */
function readSelf(tensors: Tensors, items: number): Float32Array | undefined {
  if (!("self" in tensors)) return undefined;
  const { data } = readTensor(tensors, "self", Float32Array);
  if (data.length === items) return data;
  throw new RangeError(`self must hold ${items} numbers, it holds ${data.length}`);
}

interface ItemKnnParameters {
  /** In row i, the items that i recommends, and how strongly. */
  readonly neighbors: Csr | PackedCsr;
  /** How strongly each item recommends itself. Default: not at all. */
  readonly self?: Float32Array;
  readonly historyHalfLifeDays: number;
  readonly rating: RatingMode;
}

function createItemKnn(parameters: ItemKnnParameters): Model {
  const { neighbors, self, historyHalfLifeDays, rating } = parameters;
  const itemCount = neighbors.rows;
  return {
    noSignal: 0,
    additive: true,
    ...sparseScorer(itemCount, (history, sums) => {
      const last = history.times.at(-1) ?? 0;
      const ageOf = (time: number) => last - time;
      const faded = fadeWeights(history, { ageOf, halfLifeDays: historyHalfLifeDays });
      const { items, ratings } = profileOf(faded, itemCount, rating);
      items.forEach((item, i) => sums.addRow(neighbors, item, ratings[i]));
      if (self) items.forEach((item, i) => sums.addSelf(item, ratings[i] * self[item]));
    }),
    toTensors: () => ({
      ...csrToTensors(neighbors),
      ...(self && { self: tensor(self) }),
      ...saveOptions(options, parameters),
    }),
  };
}
