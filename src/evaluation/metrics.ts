import { discount, idealGain } from "../linalg/discounted_gain.ts";

/** How well one ranked list answers what a user went on to do. All are shares from 0 to 1. */
export interface ListMetrics {
  /** Relevant items in the list, divided by `k`, also where the list is shorter than `k`. */
  readonly precision: number;
  /** Relevant items in the list, divided by all relevant items, also where these are more than `k`. */
  readonly recall: number;
  /** Discounted gain, divided by that of the best list possible, which has min(k, relevant) hits. */
  readonly ndcg: number;
  /** Average precision: the mean, over min(k, relevant), of the precision at each hit. */
  readonly map: number;
  /** 1 / rank of the first hit, 0 without one. */
  readonly mrr: number;
  /** 1 if anything relevant is in the list. */
  readonly hitRate: number;
}

/** The names of {@linkcode ListMetrics}, in the order in which tables show them. */
export const LIST_METRICS = [
  "precision",
  "recall",
  "ndcg",
  "map",
  "mrr",
  "hitRate",
] as const satisfies readonly (keyof ListMetrics)[];

/**
 * Measures the first `k` items of a list. Gains are binary, the discount is 1 / log₂(rank + 1)
 * (Järvelin and Kekäläinen 2002).
 *
 * @param ranked Item numbers, best first, none twice; those after the `k`-th don't count.
 * @param relevant What the user went on to do; not empty.
 * @throws {RangeError} If nothing is relevant, or `k` is not a positive whole number.
 *
 * @example Two relevant items, the first found at rank 2
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { precision, recall, mrr } = measureList(Uint32Array.of(8, 5, 9), new Set([5, 6]), 3);
 * assertEquals([precision, recall, mrr], [1 / 3, 1 / 2, 1 / 2]);
 * ```
 */
export function measureList(
  ranked: Uint32Array,
  relevant: ReadonlySet<number>,
  k: number,
): ListMetrics {
  if (relevant.size === 0) {
    throw new RangeError("Cannot measure a list: at least one item must be relevant, got none");
  }
  if (!Number.isInteger(k) || k < 1) {
    throw new RangeError(
      `Cannot measure a list: k must be a whole number of at least 1, got ${k}`,
    );
  }
  let hits = 0, gain = 0, precisions = 0, firstHit = 0;
  for (let rank = 1; rank <= Math.min(k, ranked.length); rank++) {
    if (!relevant.has(ranked[rank - 1])) continue;
    hits++;
    gain += discount(rank);
    precisions += hits / rank;
    if (firstHit === 0) firstHit = rank;
  }
  const possible = Math.min(k, relevant.size);
  return {
    precision: hits / k,
    recall: hits / relevant.size,
    ndcg: gain / idealGain(possible),
    map: precisions / possible,
    mrr: firstHit === 0 ? 0 : 1 / firstHit,
    hitRate: hits > 0 ? 1 : 0,
  };
}

/**
 * Mean self-information of what is shown, in bits: log₂ of how many users there are for each one who knew
 * the item (Zhou et al. 2010; an item nobody knew counts as known by one). 0 means everybody knew it.
 *
 * @param usersOfItem For each item, how many users of the training data did anything with it.
 * @param users How many users the training data has.
 */
export function novelty(shown: Uint32Array, usersOfItem: Uint32Array, users: number): number {
  let bits = 0;
  for (const item of shown) bits += Math.log2(users / Math.max(1, usersOfItem[item]));
  return shown.length === 0 ? 0 : bits / shown.length;
}

/** Root mean square error and mean absolute error of predicted ratings. */
export interface RatingErrors {
  readonly rmse: number;
  readonly mae: number;
}

/**
 * Measures predicted ratings against the true ones.
 *
 * @throws {RangeError} If the two differ in length or are empty.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(ratingErrors([1, 4], [1, 2]), { rmse: Math.SQRT2, mae: 1 });
 * ```
 */
export function ratingErrors(
  predicted: ArrayLike<number>,
  actual: ArrayLike<number>,
): RatingErrors {
  if (predicted.length !== actual.length || actual.length === 0) {
    throw new RangeError(
      `Cannot measure ratings: need as many predicted as actual ones, at least one, ` +
        `got ${predicted.length} and ${actual.length}`,
    );
  }
  const sums = sumErrors();
  for (let i = 0; i < actual.length; i++) sums.add(predicted[i], actual[i]);
  return sums.result() as RatingErrors;
}

/** Gathers the errors of one predicted rating after another, without keeping them. */
export interface ErrorSums {
  add(predicted: number, actual: number): void;
  /** `undefined` before the first. */
  result(): RatingErrors | undefined;
}

/** Begins to gather errors. */
export function sumErrors(): ErrorSums {
  let squares = 0, absolutes = 0, ratings = 0;
  return {
    add(predicted, actual) {
      const error = predicted - actual;
      squares += error * error;
      absolutes += Math.abs(error);
      ratings++;
    },
    result: () =>
      ratings === 0 ? undefined : { rmse: Math.sqrt(squares / ratings), mae: absolutes / ratings },
  };
}
