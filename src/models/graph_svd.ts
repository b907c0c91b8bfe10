import type { RatingMode } from "../interactions/event_weights.ts";
import { type History, profileOf } from "../interactions/history.ts";
import { type Rows, rowsFromTensors, rowsToTensors } from "../linalg/packed_rows.ts";
import { createItemScorer } from "../linalg/kernels/item_scorer.ts";
import type { UserVector } from "../linalg/kernels/item_vectors.ts";
import { randomizedSvd } from "../linalg/kernels/randomized_svd.ts";
import type { Csr } from "../linalg/sparse/csr.ts";
import { filledSize } from "../linalg/sparse/filled_size.ts";
import {
  codesFromTensors,
  codesToTensors,
  packCodes,
  type PackedCodes,
  unpackCodes,
} from "../linalg/sparse/coded_csr.ts";
import {
  csrFromTensors,
  csrToTensors,
  type PackedCsr,
  unpackCsr,
} from "../linalg/sparse/packed_csr.ts";
import { readScalar, readTensor, scalar, tensor, type Tensors } from "../linalg/tensor.ts";
import { defineAlgorithm } from "./define_algorithm.ts";
import { requireRank } from "./factors/require_rank.ts";
import type { Model } from "./model.ts";
import { DEGREE_RULE, degreeDamping } from "./neighbours/degree_damping.ts";
import { createTwoHops, type TwoHops } from "./neighbours/two_hops.ts";
import type { OptionsOf } from "./options/declarations.ts";
import { AUTO, auto, number } from "./options/option.ts";
import { readOptions, saveOptions } from "./options/saved_options.ts";
import {
  krylovIterations,
  krylovIterationsOption,
  ratingOption,
  seedOption,
  singularVectorsOption,
  userPowerOption,
} from "./options/shared_options.ts";
import { rankOneByOne } from "./scoring/rank_one_by_one.ts";
import { type ApproximateScores, rankSum } from "./scoring/rank_sum.ts";
import { ratingsOf } from "./statistics/once_per_data.ts";

const options = {
  factors: singularVectorsOption(128, [32, 64, 128, 256]),
  lowPassWeight: number(0.6, {
    min: 0,
    search: [0.1, 0.3, 0.6, 1, 2, 5],
    saved: true,
    meaning: "Weight of the low-pass filter relative to the co-occurrences; 0 turns it off",
  }),
  userPower: userPowerOption(0.7, [0.4, 0.7, 1]),
  popularityPower: auto(number(0.8, {
    min: 0,
    max: 1,
    search: [0, 0.2, 0.4, 0.6, 0.8, 1],
    meaning: "Damping of popular products: at 0 they rank first, at 1 popularity has no effect; " +
      `auto: ${DEGREE_RULE}`,
  })),
  iterations: krylovIterationsOption(),
  rating: ratingOption(),
  seed: seedOption("the random start of the decomposition"),
};

/** The options of {@linkcode graphSvd}. */
export type GraphSvdOptions = OptionsOf<typeof options>;

/**
 * The ratings as a signal on the graph of users and products (GF-CF; Shen et al. 2021). With R the
 * ratings, d_u and d_i the sums of its rows and columns, D_U and D_I the diagonal matrices of
 * d_u^userPower and d_i^popularityPower, N = D_U^−½ · R · D_I^−½ ≈ U·Σ·Vᵀ, r a history's ratings
 * and w the option `lowPassWeight`, the scores are
 *
 *   r·NᵀN + w · r·D_I^−½·V·Vᵀ·D_I^½
 *
 * co-occurrences in which users and products with many events count less, and an ideal low-pass
 * filter. Nothing is trained but the truncated decomposition, which is randomized (Musco and Musco
 * 2015). Shen et al. have 1 for both powers and w = 0.3, which ranks worse on shops' events.
 *
 * NᵀN has hundreds of times the entries of N, and truncated to a size that can be served it ranks
 * worse. So the model stores R, and scoring walks N exactly: from the history's products to their
 * users, and on to all products of these users. A list starts from the products reached; others
 * are scored by the filter only if a bound lets them enter it.
 *
 * Fitting takes O(iterations × pairs × factors + products × (iterations × factors)²) and 8 bytes ×
 * products × factors × (iterations + 3); scoring O(products × factors) and at most two passes over
 * the pairs. The model takes 4 bytes × products × factors and 8 to 14 bytes per pair of user and
 * product.
 */
export const graphSvd = defineAlgorithm({
  name: "graph_svd",
  description: "Co-occurrence and low-pass filter on the graph of users and products",
  options,

  fitsFrom: "sample",

  async fit(train, options, progress) {
    const ratings = ratingsOf(train, options.rating);
    const popularityPower = options.popularityPower === AUTO
      ? degreeDamping(ratings.indices.length / filledSize(ratings).columns)
      : options.popularityPower;
    const { normalized, itemDegrees } = normalizeByDegree(ratings, {
      ...options,
      popularityPower,
    });
    const pairs = { ratings: packCodes(ratings), userPower: options.userPower };
    requireRank("graph_svd", options.factors, normalized);
    const iterations = krylovIterations(options.iterations, normalized);
    const { rightVectors } = await randomizedSvd(
      normalized,
      { ...options, iterations, rank: options.factors },
      progress,
    );
    const { factors } = options;
    // In place: on a large catalogue, a copy would take more than all else that is kept.
    for (let at = 0; at < rightVectors.length; at++) {
      rightVectors[at] *= Math.sqrt(itemDegrees[Math.floor(at / factors)]);
    }
    const items = { rows: itemDegrees.length, width: factors, data: rightVectors };
    return {
      ...createGraphSvd({ ...options, pairs, itemDegrees, items }),
      chosen: {
        ...(options.popularityPower === AUTO && { popularityPower }),
        ...(options.iterations === AUTO && { iterations }),
      },
    };
  },

  fromTensors: (tensors) =>
    createGraphSvd({
      items: rowsFromTensors(tensors, "itemFactors"),
      pairs: pairsFromTensors(tensors),
      itemDegrees: readTensor(tensors, "itemDegrees", Float32Array).data,
      ...readOptions(options, tensors),
    }),
});

/** What N is made of; models that were stored earlier have N itself. */
type Pairs =
  | {
    /** R, users × items. */
    readonly ratings: PackedCodes;
    readonly userPower: number;
  }
  | { readonly normalized: Csr | PackedCsr };

function pairsFromTensors(tensors: Tensors): Pairs {
  return "userPower" in tensors
    ? { ratings: codesFromTensors(tensors), userPower: readScalar(tensors, "userPower") }
    : { normalized: csrFromTensors(tensors) };
}

function pairsToTensors(pairs: Pairs): Tensors {
  return "normalized" in pairs
    ? csrToTensors(pairs.normalized)
    : { ...codesToTensors(pairs.ratings), userPower: scalar(pairs.userPower) };
}

interface GraphSvdParameters {
  /** D_I^½·V, items × factors. */
  readonly items: Rows;
  readonly pairs: Pairs;
  /** The diagonal of D_I. */
  readonly itemDegrees: Float32Array;
  readonly lowPassWeight: number;
  readonly rating: RatingMode;
}

/** n_uᵢ = r_uᵢ / √(d_u·dᵢ) */
function normalizeByDegree(
  ratings: Csr,
  { userPower, popularityPower }: { userPower: number; popularityPower: number },
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
      // Events without weight have nothing to normalize by.
      const product = userDegrees[user] * itemDegrees[indices[p]];
      values[p] = product > 0 ? ratings.values[p] / Math.sqrt(product) : 0;
    }
  }
  return { normalized: { ...ratings, values }, itemDegrees };
}

/** The walk r·NᵀN = r·D_I^−½·RᵀD_U^−1·R·D_I^−½. */
function prepareWalk(pairs: Pairs, itemDegrees: Float32Array): ReturnType<typeof createTwoHops> {
  if ("normalized" in pairs) {
    const matrix = unpackCodes(packCodes(unpackCsr(pairs.normalized)));
    return createTwoHops(matrix, {
      users: new Float32Array(matrix.rows).fill(1),
      items: new Float32Array(matrix.columns).fill(1),
    });
  }
  const matrix = unpackCodes(pairs.ratings);
  const { rows, indptr, codes, values } = matrix;
  const userDegrees = new Float64Array(rows);
  for (let user = 0; user < rows; user++) {
    for (let p = indptr[user]; p < indptr[user + 1]; p++) userDegrees[user] += values[codes[p]];
  }
  raise(userDegrees, pairs.userPower);
  return createTwoHops(matrix, {
    users: Float32Array.from(userDegrees, (degree) => degree > 0 ? 1 / degree : 0),
    items: itemDegrees.map((degree) => degree > 0 ? 1 / Math.sqrt(degree) : 0),
  });
}

/** Raises degrees to a power; a degree of 0 stays 0. */
function raise(degrees: Float32Array | Float64Array, power: number): void {
  for (let i = 0; i < degrees.length; i++) if (degrees[i] > 0) degrees[i] **= power;
}

function createGraphSvd(parameters: GraphSvdParameters): Model {
  const { items: vectors, pairs, itemDegrees, lowPassWeight, rating } = parameters;
  const { rows: itemCount, width: factors } = vectors;
  const scorer = createItemScorer({
    factors,
    get itemFactors() {
      return vectors.data;
    },
  });
  const profile = (history: History) => profileOf(history, itemCount, rating);
  // On first use: a model that isn't asked needs no more memory than its tensors.
  let walk: ReturnType<typeof createTwoHops> | undefined;
  function hopsOf(history: History): TwoHops {
    walk ??= prepareWalk(pairs, itemDegrees);
    return walk(profile(history));
  }

  /** w · r·D_I^−½·V */
  function userOf(history: History): UserVector {
    const { items, ratings } = profile(history);
    const { data } = vectors;
    const vector = new Float64Array(factors);
    items.forEach((item, i) => {
      if (itemDegrees[item] === 0) return;
      const weight = lowPassWeight * ratings[i] / itemDegrees[item];
      for (let f = 0; f < factors; f++) vector[f] += weight * data[item * factors + f];
    });
    return { vector };
  }

  function scoresOf(history: History): ApproximateScores {
    const lazy = scorer.lazily(userOf(history));
    const { values, touched } = hopsOf(history);
    return {
      ...{ lazy, addends: values, factor: 1, constant: 0, tolerance: 0 },
      ...(touched && { likely: [touched], touched: [touched] }),
      exact(items, lazyScores = lazy.some(items)) {
        return lazyScores.map((score, i) => score + values[items[i]]);
      },
    };
  }
  return {
    itemCount,
    noSignal: 0,
    additive: true,
    score(history, scores) {
      scorer.score(userOf(history), scores);
      const { values } = hopsOf(history);
      for (let item = 0; item < itemCount; item++) scores[item] += values[item];
    },
    scoreSome: (history, items) => scoresOf(history).exact(items),
    ...rankOneByOne({
      itemCount,
      scoresOf,
      top: rankSum,
      some: (scores, items) => scores.exact(items),
    }),
    itemVectors: vectors,
    toTensors: () => ({
      ...pairsToTensors(pairs),
      ...rowsToTensors("itemFactors", vectors),
      itemDegrees: tensor(itemDegrees),
      ...saveOptions(options, parameters),
    }),
  };
}
