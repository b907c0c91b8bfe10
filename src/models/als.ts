import { sum } from "../base/statistics.ts";
import { RATING_MODES, type RatingMode } from "../interactions/event_weights.ts";
import { type History, type Profile, profileOf } from "../interactions/history.ts";
import { ratingMatrix } from "../interactions/interactions.ts";
import { type Csr, transpose } from "../linalg/sparse/csr.ts";
import {
  diagonalRidgeParts,
  type DiagonalVectors,
  solveDiagonalRidge,
} from "../linalg/dense/diagonal_ridge.ts";
import { alternate } from "../linalg/kernels/alternate.ts";
import { createItemScorer } from "../linalg/kernels/item_scorer.ts";
import type { UserVector } from "../linalg/kernels/item_vectors.ts";
import { createRandom } from "../linalg/random.ts";
import { readScalar, readTensor, scalar, tensor } from "../linalg/tensor.ts";
import type { Algorithm, Model } from "./model.ts";
import { shareAmongEvents } from "./explain.ts";
import { requireEvents, resolveOptions } from "./options.ts";

/** What {@linkcode als} minimises; it has the formula. */
export interface AlsOptions {
  /** Length of the vectors. Default 64. */
  factors: number;
  /** Sweeps over users and items. Default 12. */
  iterations: number;
  /** α₀, the weight of every pair that never met, beside a rating of 1; what Hu et al. call α is 1/α₀. Default 0.03. */
  unobservedWeight: number;
  /** λ, the pull of the vectors towards zero. Default 0.001. */
  regularization: number;
  /**
   * ν, how far the pull follows frequency: at 0 it is λ for all, at 1 it grows with what there is to fit. Default 1.
   */
  frequencyPower: number;
  /** How several events of a user with one product make one rating. Default `"logsum"`. */
  rating: RatingMode;
  /** Determines the starting values. Default 1. */
  seed: number;
}

/**
 * Matrix factorisation for implicit feedback by alternating least squares (Hu, Koren and Volinsky 2008), in the
 * form of Rendle, Krichene, Zhang and Koren (2021). With w the ratings, S the pairs that met, and N_u, N_i the
 * numbers of users and items, x and y minimise
 *
 *   Σ_S w·(x·y − 1)² + α₀·Σ_all (x·y)² + Σ_u λ_u·|x|² + Σ_i λ_i·|y|²
 *
 *   λ_u = λ·(Σ_S(u) w + α₀·N_i)^ν,  λ_i = λ·(Σ_S(i) w + α₀·N_u)^ν
 *
 * Every step is solved exactly. A history is folded in by the same step, so only the items' vectors are kept.
 *
 * Fitting takes O((users + products) × factors² + Σ min(n, factors)² × max(n, factors)) an iteration, n being the
 * pairs of a user or a product, and 4 bytes × factors a user and a product and 24 a pair; folding in
 * O(min(n, factors)² × max(n, factors)), scoring O(products × factors).
 */
export const als: Algorithm<AlsOptions> = {
  name: "als",
  description: "Matrix factorisation for implicit feedback by alternating least squares",
  defaults: {
    factors: 64,
    iterations: 12,
    unobservedWeight: 0.03,
    regularization: 0.001,
    frequencyPower: 1,
    rating: "logsum",
    seed: 1,
  },
  searchSpace: {
    factors: [32, 64, 128, 256],
    iterations: [8, 12, 16],
    unobservedWeight: [0.01, 0.03, 0.1, 0.3],
    regularization: [0.0003, 0.001, 0.003, 0.01],
    frequencyPower: [0.5, 1],
    rating: RATING_MODES,
  },

  async fit(train, given, progress) {
    const options = resolveOptions("als", this.defaults, given, {
      factors: { min: 1, whole: true },
      iterations: { min: 1, whole: true },
      unobservedWeight: { min: 0, exclusive: true },
      regularization: { min: 0, exclusive: true },
      frequencyPower: { min: 0, max: 1 },
      rating: { oneOf: RATING_MODES },
      seed: { whole: true },
    });
    requireEvents("als", train);
    const weights = ratingMatrix(train, options.rating);
    const items = await alternate(weights, randomVectors(weights.columns, options), {
      ...options,
      base: 0,
      userRegularization: pulls(weights, options),
      itemRegularization: pulls(transpose(weights), options),
    }, progress);
    return createAls({ ...options, items });
  },

  fromTensors(tensors) {
    const { shape, data } = readTensor(tensors, "itemFactors", Float32Array);
    const diagonal = readTensor(tensors, "diagonal", Float64Array).data;
    return createAls({
      items: { factors: shape[1], vectors: data, diagonal },
      unobservedWeight: readScalar(tensors, "unobservedWeight"),
      regularization: readScalar(tensors, "regularization"),
      frequencyPower: readScalar(tensors, "frequencyPower"),
      rating: RATING_MODES[readScalar(tensors, "rating")],
    });
  },
};

/** Small, so that the first sweep begins near zero: standard deviation 0.1 / √factors, as in Rendle et al. */
function randomVectors(count: number, { factors, seed }: AlsOptions): Float32Array {
  const random = createRandom(seed);
  const deviation = 0.1 / Math.sqrt(factors);
  return Float32Array.from({ length: count * factors }, () => deviation * random.normal());
}

type PullOptions = Pick<AlsOptions, "unobservedWeight" | "regularization" | "frequencyPower">;

/** λ·(Σ w + α₀·N)^ν */
function pull(
  ratings: Float32Array,
  others: number,
  { unobservedWeight, regularization, frequencyPower }: PullOptions,
): number {
  const weight = sum(ratings);
  return regularization * (weight + unobservedWeight * others) ** frequencyPower;
}

/** For each row. */
function pulls({ rows, columns, indptr, values }: Csr, options: PullOptions): Float32Array {
  return Float32Array.from(
    { length: rows },
    (_, row) => pull(values.subarray(indptr[row], indptr[row + 1]), columns, options),
  );
}

interface AlsParameters extends PullOptions {
  readonly items: DiagonalVectors;
  readonly rating: RatingMode;
}

function createAls({ items, rating, ...options }: AlsParameters): Model {
  const { factors, vectors, diagonal } = items;
  const itemCount = vectors.length / factors;
  const scorer = createItemScorer({ factors, itemFactors: vectors });
  const profile = (history: History) => profileOf(history, itemCount, rating);

  const step = ({ items: indices, ratings }: Profile) => ({
    rows: { indices, weights: ratings },
    ridge: { lambda: pull(ratings, itemCount, options), base: 0 },
  });
  function foldIn(history: History): UserVector {
    const { rows, ridge } = step(profile(history));
    return { vector: solveDiagonalRidge(rows, items, ridge) };
  }
  return {
    itemCount,
    score: (history, scores) => scorer.score(foldIn(history), scores),
    scoreSome: (history, items) => scorer.scoreSome(foldIn(history), items),
    rankBatch: (histories, hidden, k) => scorer.rank(histories.map(foldIn), hidden, k),
    explain(history, wanted) {
      const own = profile(history);
      const { rows, ridge } = step(own);
      return Array.from(wanted, (z) => {
        const parts = diagonalRidgeParts(rows, items, { ...ridge, z });
        return { base: 0, events: shareAmongEvents(history, own, parts) };
      });
    },
    itemVectors: { data: vectors, width: factors },
    toTensors: () => ({
      itemFactors: tensor(vectors, [itemCount, factors]),
      diagonal: tensor(Float64Array.from(diagonal)),
      unobservedWeight: scalar(options.unobservedWeight),
      regularization: scalar(options.regularization),
      frequencyPower: scalar(options.frequencyPower),
      rating: scalar(RATING_MODES.indexOf(rating)),
    }),
  };
}
