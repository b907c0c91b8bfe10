import { inTwoParts } from "../base/progress.ts";
import type { RatingMode } from "../interactions/event_weights.ts";
import { type History, profileOf } from "../interactions/history.ts";
import { type Rows, rowsFromTensors, rowsToTensors } from "../linalg/packed_rows.ts";
import { createItemScorer } from "../linalg/kernels/item_scorer.ts";
import type { UserVector } from "../linalg/kernels/item_vectors.ts";
import { randomizedSvd } from "../linalg/kernels/randomized_svd.ts";
import { defineAlgorithm } from "./define_algorithm.ts";
import { requireRank } from "./factors/require_rank.ts";
import type { Model } from "./model.ts";
import type { OptionsOf } from "./options/declarations.ts";
import { AUTO } from "./options/option.ts";
import { readOptions, saveOptions } from "./options/saved_options.ts";
import {
  krylovIterations,
  krylovIterationsOption,
  ratingOption,
  seedOption,
  singularVectorsOption,
} from "./options/shared_options.ts";
import { vectorScorer } from "./scoring/vector_scorer.ts";
import { statisticsOf } from "./statistics/statistics_of.ts";

const options = {
  factors: singularVectorsOption(64, [16, 32, 64, 128, 256]),
  iterations: krylovIterationsOption(),
  rating: ratingOption(),
  seed: seedOption("the random start of the decomposition"),
};

/** The options of {@linkcode pureSvd}. */
export type PureSvdOptions = OptionsOf<typeof options>;

/**
 * Truncated singular value decomposition of the rating matrix, with 0 for pairs without events
 * (PureSVD; Cremonesi, Koren and Turrin 2010): R ≈ U·Σ·Vᵀ. A history of ratings r scores r·V·Vᵀ, so
 * nothing is learned about users. The decomposition is randomized (Musco and Musco 2015).
 *
 * Fitting takes O(iterations × pairs × factors + products × (iterations × factors)²) and 8 bytes ×
 * products × factors × (iterations + 3); scoring O(products × factors). The model takes 4 bytes ×
 * products × factors.
 */
export const pureSvd = defineAlgorithm({
  name: "pure_svd",
  description: "Truncated singular value decomposition of the ratings, with 0 for missing ones",
  options,

  fitsFrom: "sums",

  async fit(train, options, progress) {
    const [summing, solving] = inTwoParts(progress);
    const { matrix, users } = await statisticsOf(train).coRatings(options, summing);
    requireRank("pure_svd", options.factors, { rows: users, columns: matrix.columns });
    const iterations = krylovIterations(options.iterations, matrix);
    const { rightVectors } = await randomizedSvd(
      matrix,
      { ...options, iterations, rank: options.factors },
      solving,
    );
    const items = { rows: matrix.columns, width: options.factors, data: rightVectors };
    return {
      ...createPureSvd({ ...options, items }),
      ...(options.iterations === AUTO && { chosen: { iterations } }),
    };
  },

  fromTensors: (tensors) =>
    createPureSvd({
      items: rowsFromTensors(tensors, "itemFactors"),
      ...readOptions(options, tensors),
    }),
});

interface PureSvdParameters {
  /** V, items × factors. */
  readonly items: Rows;
  readonly rating: RatingMode;
}

function createPureSvd({ items: vectors, rating }: PureSvdParameters): Model {
  const { rows: itemCount, width: factors } = vectors;
  const scorer = createItemScorer({
    factors,
    get itemFactors() {
      return vectors.data;
    },
  });

  /** r·V */
  function userOf(history: History): UserVector {
    const { items, ratings } = profileOf(history, itemCount, rating);
    const { data } = vectors;
    const vector = new Float64Array(factors);
    items.forEach((item, i) => {
      for (let f = 0; f < factors; f++) vector[f] += ratings[i] * data[item * factors + f];
    });
    return { vector };
  }
  return {
    itemCount,
    noSignal: 0,
    additive: true,
    ...vectorScorer(itemCount, scorer, userOf),
    itemVectors: vectors,
    toTensors: () => ({
      ...rowsToTensors("itemFactors", vectors),
      ...saveOptions(options, { rating }),
    }),
  };
}
