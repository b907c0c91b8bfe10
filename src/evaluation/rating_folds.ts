import { InputError } from "../base/input_error.ts";
import type { Progress } from "../base/progress.ts";
import type { Csr } from "../linalg/sparse/csr.ts";
import { createRandom, shuffle } from "../linalg/random.ts";
import {
  type Factorization,
  type FactorizationOptions,
  factorizeRatings,
  implicitVector,
} from "../models/factors/biased_factorization.ts";
import { type RatingErrors, ratingErrors } from "./rating_errors.ts";
import { type Spread, spreadOf } from "./spread.ts";

/** How {@linkcode crossValidateRatings} splits the ratings. */
export interface FoldOptions {
  /** Number of folds; at least 2. Default 5. */
  folds?: number;
  /** Determines the fold of each rating. Default 1. */
  seed?: number;
}

/** Errors of predicted ratings, measured once per fold. */
export interface CrossValidation {
  readonly folds: readonly RatingErrors[];
  readonly rmse: Spread;
  readonly mae: Spread;
}

/**
 * How well a biased factorization predicts unseen ratings, as scikit-surprise's `cross_validate`
 * and `GridSearchCV` measure it: ratings are split into folds at random, each fold is predicted by
 * a factorization of the others, with the users' own factors, and predictions are clipped to the
 * range of the ratings. It compares options for predicting ratings; as it mixes past and future, it
 * says nothing about lists.
 *
 * @param ratings Users × items; absent entries are unknown, not zero.
 * @throws {InputError} If there are fewer than 2 folds or fewer ratings than folds, or if the
 * descent diverges.
 */
export function crossValidateRatings(
  ratings: Csr,
  options: FactorizationOptions,
  { folds = 5, seed = 1 }: FoldOptions = {},
  progress: Progress = () => {},
): CrossValidation {
  const size = ratings.values.length;
  if (!Number.isInteger(folds) || folds < 2 || folds > size) {
    throw new InputError(
      `Cannot cross-validate ratings: folds must be a whole number from 2 to ` +
        `the ${size} ratings, got ${folds}`,
    );
  }
  const foldOf = dealFolds(size, folds, seed);
  const range = rangeOf(ratings);
  const measured = Array.from({ length: folds }, (_, fold) => {
    const train = keepEntries(ratings, (p) => foldOf[p] !== fold);
    const test = keepEntries(ratings, (p) => foldOf[p] === fold);
    const model = factorizeRatings(train, options, (done) => progress((fold + done) / folds));
    return ratingErrors(predictEntries(model, train, test, range), test.values);
  });
  if (!measured.every(({ rmse }) => Number.isFinite(rmse))) {
    throw new InputError(
      `Cannot cross-validate ratings: the descent diverged, option "learningRate" must be lower, ` +
        `got ${options.learningRate}`,
    );
  }
  return {
    folds: measured,
    rmse: spreadOf(measured.map(({ rmse }) => rmse)),
    mae: spreadOf(measured.map(({ mae }) => mae)),
  };
}

/** The fold of each of `size` ratings; sizes differ by at most 1, the first folds are larger. */
function dealFolds(size: number, folds: number, seed: number): Uint16Array {
  const order = Uint32Array.from({ length: size }, (_, p) => p);
  const foldOf = new Uint16Array(size);
  shuffle(order, createRandom(seed)).forEach((p, place) => foldOf[p] = place % folds);
  return foldOf;
}

/**
 * Part of a matrix, of the same shape.
 *
 * @param keep Whether to keep the entry at a position; called in ascending order.
 */
export function keepEntries(matrix: Csr, keep: (position: number) => boolean): Csr {
  const { rows, indices, values } = matrix;
  const indptr = new Uint32Array(rows + 1);
  const kept: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let p = matrix.indptr[row]; p < matrix.indptr[row + 1]; p++) if (keep(p)) kept.push(p);
    indptr[row + 1] = kept.length;
  }
  return {
    ...matrix,
    indptr,
    indices: Uint32Array.from(kept, (p) => indices[p]),
    values: Float32Array.from(kept, (p) => values[p]),
  };
}

/**
 * Predicts r̂ = μ + b_user + b_item + q·(p + z) with the users' own factors.
 *
 * @param train The ratings that the model was fitted to, users × items.
 * @param test Its entries are predicted; of the same shape.
 * @param range Predictions are clipped to it.
 */
export function predictEntries(
  { mean, userBiases, itemBiases, userFactors, itemFactors, implicitFactors }: Factorization,
  train: Csr,
  test: Csr,
  { least, most }: RatingRange,
): Float64Array {
  const factors = itemFactors.length / test.columns;
  const predicted = new Float64Array(test.values.length);
  for (let user = 0; user < test.rows; user++) {
    const rated = train.indices.subarray(train.indptr[user], train.indptr[user + 1]);
    const z = implicitVector(rated, factors, implicitFactors);
    for (let at = test.indptr[user]; at < test.indptr[user + 1]; at++) {
      const item = test.indices[at];
      let rating = mean + userBiases[user] + itemBiases[item];
      for (let f = 0; f < factors; f++) {
        rating += itemFactors[item * factors + f] * (userFactors[user * factors + f] + z[f]);
      }
      predicted[at] = Math.min(most, Math.max(least, rating));
    }
  }
  return predicted;
}

/** The smallest and the largest rating. */
export interface RatingRange {
  readonly least: number;
  readonly most: number;
}

/** The range of the ratings of a matrix. */
export function rangeOf({ values }: Csr): RatingRange {
  let least = Infinity, most = -Infinity;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return { least, most };
}
