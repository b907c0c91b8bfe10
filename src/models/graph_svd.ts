import { RATING_MODES, type RatingMode } from "../interactions/event_weights.ts";
import { type Profile, profileOf } from "../interactions/history.ts";
import { ratingMatrix } from "../interactions/interactions.ts";
import { type Csr, csrFromTensors, csrToTensors } from "../linalg/sparse/csr.ts";
import { createItemScorer } from "../linalg/kernels/item_scorer.ts";
import { randomizedSvd } from "../linalg/kernels/randomized_svd.ts";
import { readScalar, readTensor, scalar, tensor } from "../linalg/tensor.ts";
import { requireRank } from "./factors/factor_count.ts";
import type { Algorithm, Model } from "./model.ts";
import { requireEvents, resolveOptions } from "./options.ts";
import { createTwoHops } from "./neighbours/two_hops.ts";

/** How {@linkcode graphSvd} filters. */
export interface GraphSvdOptions {
  /** How many singular vectors the low-pass filter lets through; at most the users or products. Default 128. */
  factors: number;
  /** What the low-pass filter counts beside the co-occurrences; 0 leaves it out of the scores. Default 0.6. */
  lowPassWeight: number;
  /** From 0, every user counts alike, to 1, every user counts as much as a single item of theirs. Default 0.7. */
  userPower: number;
  /** From 0, popular products first, to 1, popularity taken out. Default 0.8. */
  popularityPower: number;
  /** How often the decomposition multiplies the ratings by as many vectors as there are factors. Default 4. */
  iterations: number;
  /** How several events of a user with one product make one rating. Default `"logsum"`. */
  rating: RatingMode;
  /** Determines the random start of the decomposition. Default 1. */
  seed: number;
}

/**
 * The ratings as a signal on the graph of users and products (GF-CF; Shen et al. 2021). With R the ratings, d_u
 * and d_i the sums of its rows and columns, and D_U and D_I diagonal, d_u^userPower and d_i^popularityPower on them
 * (Shen et al. have 1 for both and w = 0.3, which ranks worse on shops' events), N = D_U^−½ · R · D_I^−½ ≈ U·Σ·Vᵀ, and r a history's ratings, the scores are
 *
 *   r·NᵀN + w · r·D_I^−½·V·Vᵀ·D_I^½
 *
 * co-occurrences in which users and products of many events count less, and an ideal low-pass filter. Nothing
 * is trained but the truncated decomposition, which is randomised (Musco and Musco 2015).
 *
 * NᵀN has hundreds of times the entries of N, and what is kept of it when it is cut to a size that can be
 * served ranks worse. So the model holds N, and a history walks it, exactly: over the users who met its
 * products to all that these met.
 *
 * Fitting takes O(iterations × pairs × factors + products × (iterations × factors)²) and
 * 8 bytes × products × factors × (iterations + 3);
 * scoring O(products × factors) and at most two passes over the pairs, from 4 bytes × products × factors and
 * 16 bytes a pair of user and product.
 */
export const graphSvd: Algorithm<GraphSvdOptions> = {
  name: "graph_svd",
  description: "Co-occurrence and low-pass filter on the graph of users and products",
  defaults: {
    factors: 128,
    lowPassWeight: 0.6,
    userPower: 0.7,
    popularityPower: 0.8,
    iterations: 4,
    rating: "logsum",
    seed: 1,
  },
  searchSpace: {
    factors: [32, 64, 128, 256],
    lowPassWeight: [0.1, 0.2, 0.3, 0.5, 1],
    userPower: [0.6, 0.8, 1],
    popularityPower: [0.6, 0.8, 1],
    rating: RATING_MODES,
  },

  async fit(train, given, progress) {
    const options = resolveOptions("graph_svd", this.defaults, given, {
      factors: { min: 1, whole: true },
      lowPassWeight: { min: 0 },
      userPower: { min: 0, max: 1 },
      popularityPower: { min: 0, max: 1 },
      iterations: { min: 1, whole: true },
      rating: { oneOf: RATING_MODES },
      seed: { whole: true },
    });
    requireEvents("graph_svd", train);
    const { normalized, itemDegrees } = normalizeByDegree(
      ratingMatrix(train, options.rating),
      options,
    );
    requireRank("graph_svd", options.factors, normalized);
    const { rightVectors } = await randomizedSvd(
      normalized,
      { ...options, rank: options.factors },
      progress,
    );
    const itemFactors = rightVectors.map((value, at) =>
      value * Math.sqrt(itemDegrees[Math.floor(at / options.factors)])
    );
    return createGraphSvd({ ...options, normalized, itemDegrees, itemFactors });
  },

  fromTensors(tensors) {
    const { shape, data } = readTensor(tensors, "itemFactors", Float32Array);
    return createGraphSvd({
      factors: shape[1],
      itemFactors: data,
      normalized: csrFromTensors(tensors),
      itemDegrees: readTensor(tensors, "itemDegrees", Float32Array).data,
      lowPassWeight: readScalar(tensors, "lowPassWeight"),
      rating: RATING_MODES[readScalar(tensors, "rating")],
    });
  },
};

interface GraphSvdParameters {
  readonly factors: number;
  /** D_I^½·V, row-major, items × factors. */
  readonly itemFactors: Float32Array;
  /** N, users × items. */
  readonly normalized: Csr;
  /** The diagonal of D_I. */
  readonly itemDegrees: Float32Array;
  readonly lowPassWeight: number;
  readonly rating: RatingMode;
}

/** n_uᵢ = r_uᵢ / √(d_u·dᵢ) */
function normalizeByDegree(
  ratings: Csr,
  { userPower, popularityPower }: Pick<GraphSvdOptions, "userPower" | "popularityPower">,
): { normalized: Csr; itemDegrees: Float32Array } {
  const { rows, columns, indptr, indices } = ratings;
  const userDegrees = new Float64Array(rows);
  const itemDegrees = new Float32Array(columns);
  for (let user = 0; user < rows; user++) {
    for (let p = indptr[user]; p < indptr[user + 1]; p++) {
      userDegrees[user] += ratings.values[p];
      itemDegrees[indices[p]] += ratings.values[p];
    }
  }
  raise(userDegrees, userPower);
  raise(itemDegrees, popularityPower);
  const values = new Float32Array(indices.length);
  for (let user = 0; user < rows; user++) {
    for (let p = indptr[user]; p < indptr[user + 1]; p++) {
      // A weight of 0 leaves nothing to normalise by.
      const product = userDegrees[user] * itemDegrees[indices[p]];
      values[p] = product > 0 ? ratings.values[p] / Math.sqrt(product) : 0;
    }
  }
  return { normalized: { ...ratings, values }, itemDegrees };
}

/** Raises degrees to a power; a degree of 0 stays. */
function raise(degrees: Float32Array | Float64Array, power: number): void {
  for (let i = 0; i < degrees.length; i++) if (degrees[i] > 0) degrees[i] **= power;
}

function createGraphSvd(parameters: GraphSvdParameters): Model {
  const { factors, itemFactors, normalized, itemDegrees, lowPassWeight, rating } = parameters;
  const itemCount = itemDegrees.length;
  const scorer = createItemScorer({ factors, itemFactors });
  const addTwoHops = createTwoHops(normalized);

  /** w · r·D_I^−½·V */
  function project({ items, ratings }: Profile): Float64Array {
    const vector = new Float64Array(factors);
    items.forEach((item, i) => {
      if (itemDegrees[item] === 0) return;
      const weight = lowPassWeight * ratings[i] / itemDegrees[item];
      for (let f = 0; f < factors; f++) vector[f] += weight * itemFactors[item * factors + f];
    });
    return vector;
  }
  return {
    itemCount,
    additive: true,
    score(history, scores) {
      const profile = profileOf(history, itemCount, rating);
      scorer.score({ vector: project(profile) }, scores);
      addTwoHops(profile, scores);
    },
    itemVectors: { data: itemFactors, width: factors },
    toTensors: () => ({
      ...csrToTensors(normalized),
      itemFactors: tensor(itemFactors, [itemCount, factors]),
      itemDegrees: tensor(itemDegrees),
      lowPassWeight: scalar(lowPassWeight),
      rating: scalar(RATING_MODES.indexOf(rating)),
    }),
  };
}
