import { type RatingErrors, ratingErrors } from "../../../../src/evaluation/rating_errors.ts";
import { predictEntries, rangeOf } from "../../../../src/evaluation/rating_folds.ts";
import type { History } from "../../../../src/interactions/history.ts";
import type { Csr } from "../../../../src/linalg/sparse/csr.ts";
import { factorizeRatings } from "../../../../src/models/factors/biased_factorization.ts";
import type { Model } from "../../../../src/models/model.ts";
import { createSvd, type SvdOptions } from "../../../../src/models/svd.ts";
import type { RatingFold } from "./rating_folds.ts";

/** The errors of one fit, by its learned user factors and by folding in each user's ratings. */
export interface FitErrors {
  readonly learned: RatingErrors;
  /** One for each value of `foldInRegularization`. */
  readonly foldIn: readonly RatingErrors[];
}

/**
 * Fits a model and predicts the test ratings, clipped to the range of the training ratings.
 *
 * @param strengths The values of `foldInRegularization` to measure. Default: that of the options.
 */
export function measureFit(
  { train, test }: RatingFold,
  options: SvdOptions,
  strengths: readonly number[] = [options.foldInRegularization],
): FitErrors {
  const range = rangeOf(train);
  const learned = factorizeRatings(train, options);
  const { itemFactors, itemBiases, implicitFactors, mean } = learned;
  return {
    learned: ratingErrors(predictEntries(learned, train, test, range), test.values),
    foldIn: strengths.map((foldInRegularization) => {
      const parameters = { itemFactors, itemBiases, implicitFactors, mean, foldInRegularization };
      const predicted = foldInEntries(createSvd({ ...options, ...parameters }), train, test);
      const clipped = predicted.map((rating) =>
        Math.min(range.most, Math.max(range.least, rating))
      );
      return ratingErrors(clipped, test.values);
    }),
  };
}

/** Predicts every entry of `test` from the user's row of `train` as the history. */
function foldInEntries(model: Model, train: Csr, test: Csr): Float32Array {
  const scores = new Float32Array(model.itemCount);
  const predicted = new Float32Array(test.values.length);
  for (let user = 0; user < test.rows; user++) {
    model.score(historyOfRow(train, user), scores);
    for (let at = test.indptr[user]; at < test.indptr[user + 1]; at++) {
      predicted[at] = scores[test.indices[at]];
    }
  }
  return predicted;
}

function historyOfRow({ indptr, indices, values }: Csr, user: number): History {
  const items = indices.subarray(indptr[user], indptr[user + 1]);
  const weights = values.subarray(indptr[user], indptr[user + 1]);
  return { items, weights, times: new Uint32Array(items.length) };
}
