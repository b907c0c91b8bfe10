import { InputError } from "../base/input_error.ts";
import type { RatingMode } from "../interactions/event_weights.ts";
import { type History, profileOf } from "../interactions/history.ts";
import { rowsFromTensors, rowsToTensors } from "../linalg/packed_rows.ts";
import { createItemScorer } from "../linalg/kernels/item_scorer.ts";
import { readScalar, readTensor, scalar, tensor } from "../linalg/tensor.ts";
import { defineAlgorithm } from "./define_algorithm.ts";
import { shareAmongEvents } from "./explain.ts";
import { factorizeRatings } from "./factors/biased_factorization.ts";
import {
  type FoldInParameters,
  foldInRatings,
  ratingExplainer,
} from "./factors/fold_in_ratings.ts";
import type { Model } from "./model.ts";
import type { OptionsOf } from "./options/declarations.ts";
import { flag, number, whole } from "./options/option.ts";
import { readOptions, saveOptions } from "./options/saved_options.ts";
import { ratingOption, seedOption } from "./options/shared_options.ts";
import { ratingsOf } from "./statistics/once_per_data.ts";
import { vectorScorer } from "./scoring/vector_scorer.ts";

const options = {
  factors: whole(100, { min: 1, search: [50, 100], meaning: "Length of the vectors" }),
  epochs: whole(20, { min: 1, search: [20, 40, 80], meaning: "Passes over the ratings" }),
  learningRate: number(0.005, {
    above: 0,
    search: [0.005, 0.01],
    meaning: "Step size of the gradient descent",
  }),
  regularization: number(0.02, {
    min: 0,
    search: [0.02, 0.1, 0.15],
    meaning: "Pull of every parameter towards zero during training",
  }),
  foldInRegularization: number(15, {
    min: 1e-6,
    search: [4, 8, 15],
    saved: true,
    meaning:
      "Ridge strength when a history is folded in; the minimum keeps it solvable for equal vectors",
  }),
  implicit: flag(false, {
    search: [false, true],
    meaning: "Whether the choice of products counts, besides their ratings (SVD++)",
  }),
  rating: ratingOption("max"),
  seed: seedOption("the starting values"),
};

/** The options of {@linkcode svd}. */
export type SvdOptions = OptionsOf<typeof options>;

/**
 * Biased matrix factorization by stochastic gradient descent (Funk 2006; Koren, Bell and Volinsky
 * 2009): r̂ = μ + b_user + b_item + q·x. Its scores are predicted ratings. A user's x and b_user
 * are not stored but computed from the history by ridge regression on the items' vectors, the same
 * for known users and new visitors. With `implicit` (SVD++, Koren 2008) the regression starts from
 * what the choice of products says, instead of from zero.
 *
 * Fitting takes O(ratings × factors) per epoch and 4 bytes × factors for every user and item, with
 * `implicit` half as much time and memory again; folding in takes O(min(n, factors)² × max(n,
 * factors)) for n rated items; scoring O(items × factors).
 */
export const svd = defineAlgorithm({
  name: "svd",
  description: "Biased matrix factorization by gradient descent; predicts the implicit rating",
  options,

  fitsFrom: "sample",

  fit(train, options, progress) {
    const { mean, itemBiases, itemFactors, implicitFactors } = factorizeRatings(
      ratingsOf(train, options.rating),
      options,
      progress,
    );
    if (![itemBiases, itemFactors, implicitFactors].every(allFinite)) {
      throw new InputError(
        `Cannot fit svd: the descent diverged, option "learningRate" must be lower, got ` +
          `${options.learningRate}`,
      );
    }
    return createSvd({ ...options, mean, itemBiases, itemFactors, implicitFactors });
  },

  fromTensors(tensors) {
    const items = rowsFromTensors(tensors, "itemFactors");
    const implicit = tensors.implicitFactors && rowsFromTensors(tensors, "implicitFactors");
    return createSvd({
      factors: items.width,
      get itemFactors() {
        return items.data;
      },
      get implicitFactors() {
        return implicit?.data;
      },
      itemBiases: readTensor(tensors, "itemBiases", Float32Array).data,
      mean: readScalar(tensors, "mean"),
      ...readOptions(options, tensors),
    });
  },
});

/** The parameters that an SVD predicts from. */
export interface SvdParameters extends FoldInParameters {
  /** How several events of a history with one product make one rating. */
  readonly rating: RatingMode;
}

/** The model with given parameters. */
export function createSvd(parameters: SvdParameters): Model {
  // Restored vectors are unpacked when they are first read.
  const { factors, itemBiases, mean, rating } = parameters;
  const itemCount = itemBiases.length;
  const scorer = createItemScorer({
    factors,
    get itemFactors() {
      return parameters.itemFactors;
    },
    offsets: itemBiases,
  });
  const userOf = (history: History) => {
    const { vector, bias } = foldInRatings(profileOf(history, itemCount, rating), parameters);
    return { vector, constant: mean + bias };
  };
  return {
    itemCount,
    predictsRatings: rating,
    ...vectorScorer(itemCount, scorer, userOf),
    explain(history, items) {
      const profile = profileOf(history, itemCount, rating);
      const explainRating = ratingExplainer(profile, parameters);
      const share = shareAmongEvents(history, profile);
      return Array.from(items, (item) => {
        const { base, parts } = explainRating(item);
        return { base, events: share(parts) };
      });
    },
    itemVectors: {
      get data() {
        return parameters.itemFactors;
      },
      width: factors,
    },
    toTensors() {
      const { itemFactors, implicitFactors } = parameters;
      const rowsOf = (data: Float32Array) => ({ rows: itemCount, width: factors, data });
      return {
        ...rowsToTensors("itemFactors", rowsOf(itemFactors)),
        ...(implicitFactors && rowsToTensors("implicitFactors", rowsOf(implicitFactors))),
        itemBiases: tensor(itemBiases),
        mean: scalar(mean),
        ...saveOptions(options, parameters),
      };
    },
  };
}

function allFinite(values: Float32Array = new Float32Array(0)): boolean {
  return values.every(Number.isFinite);
}
