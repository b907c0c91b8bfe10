import { RATING_MODES, type RatingMode } from "../interactions/event_weights.ts";
import { type History, profileOf } from "../interactions/history.ts";
import { ratingMatrix } from "../interactions/interactions.ts";
import { createItemScorer } from "../linalg/kernels/item_scorer.ts";
import type { UserVector } from "../linalg/kernels/item_vectors.ts";
import { randomizedSvd } from "../linalg/kernels/randomized_svd.ts";
import { readScalar, readTensor, scalar, tensor } from "../linalg/tensor.ts";
import { requireRank } from "./factors/factor_count.ts";
import type { Algorithm, Model } from "./model.ts";
import { requireEvents, resolveOptions } from "./options.ts";

/** How {@linkcode pureSvd} decomposes. */
export interface PureSvdOptions {
  /** How many singular vectors; at most the number of users or products. Default 64. */
  factors: number;
  /** How often the decomposition multiplies the ratings by as many vectors as there are factors. Default 4. */
  iterations: number;
  /** How several events of a user with one product make one rating. Default `"logsum"`. */
  rating: RatingMode;
  /** Determines the random start of the decomposition. Default 1. */
  seed: number;
}

/**
 * Truncated singular value decomposition of the matrix of ratings, with 0 where a user never met a product
 * (PureSVD; Cremonesi, Koren and Turrin 2010): R ≈ U·Σ·Vᵀ. A history of ratings r scores r·V·Vᵀ, so nothing is
 * learned about users. The decomposition is randomised (Musco and Musco 2015).
 *
 * Fitting takes O(iterations × pairs × factors + products × (iterations × factors)²) and
 * 8 bytes × products × factors × (iterations + 3);
 * scoring O(products × factors), from 4 bytes × products × factors.
 */
export const pureSvd: Algorithm<PureSvdOptions> = {
  name: "pure_svd",
  description: "Truncated singular value decomposition of the ratings, absent ones being 0",
  defaults: { factors: 64, iterations: 4, rating: "logsum", seed: 1 },
  searchSpace: { factors: [16, 32, 64, 128, 256], rating: RATING_MODES },

  async fit(train, given, progress) {
    const options = resolveOptions("pure_svd", this.defaults, given, {
      factors: { min: 1, whole: true },
      iterations: { min: 1, whole: true },
      rating: { oneOf: RATING_MODES },
      seed: { whole: true },
    });
    requireEvents("pure_svd", train);
    const ratings = ratingMatrix(train, options.rating);
    requireRank("pure_svd", options.factors, ratings);
    const { rightVectors } = await randomizedSvd(
      ratings,
      { ...options, rank: options.factors },
      progress,
    );
    return createPureSvd({ ...options, itemFactors: rightVectors });
  },

  fromTensors(tensors) {
    const { shape, data } = readTensor(tensors, "itemFactors", Float32Array);
    return createPureSvd({
      factors: shape[1],
      itemFactors: data,
      rating: RATING_MODES[readScalar(tensors, "rating")],
    });
  },
};

interface PureSvdParameters {
  readonly factors: number;
  /** V, row-major, items × factors. */
  readonly itemFactors: Float32Array;
  readonly rating: RatingMode;
}

function createPureSvd({ factors, itemFactors, rating }: PureSvdParameters): Model {
  const itemCount = itemFactors.length / factors;
  const scorer = createItemScorer({ factors, itemFactors });

  /** r·V */
  function userOf(history: History): UserVector {
    const { items, ratings } = profileOf(history, itemCount, rating);
    const vector = new Float64Array(factors);
    items.forEach((item, i) => {
      for (let f = 0; f < factors; f++) vector[f] += ratings[i] * itemFactors[item * factors + f];
    });
    return { vector };
  }
  return {
    itemCount,
    additive: true,
    score: (history, scores) => scorer.score(userOf(history), scores),
    scoreSome: (history, items) => scorer.scoreSome(userOf(history), items),
    rankBatch: (histories, hidden, k) => scorer.rank(histories.map(userOf), hidden, k),
    itemVectors: { data: itemFactors, width: factors },
    toTensors: () => ({
      itemFactors: tensor(itemFactors, [itemCount, factors]),
      rating: scalar(RATING_MODES.indexOf(rating)),
    }),
  };
}
