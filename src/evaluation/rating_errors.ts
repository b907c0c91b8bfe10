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

/** Sums the errors of predicted ratings one by one, without storing them. */
export interface ErrorSums {
  add(predicted: number, actual: number): void;
  /** `undefined` before the first. */
  result(): RatingErrors | undefined;
}

/** Starts a sum of errors. */
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
