import { RATING_MODES, type RatingMode } from "../interactions/event_weights.ts";
import { type History, type Profile, profileOf } from "../interactions/history.ts";
import { InputError } from "../base/input_error.ts";
import { ratingMatrix } from "../interactions/interactions.ts";
import { createItemScorer } from "../linalg/kernels/item_scorer.ts";
import { solveRidge } from "../linalg/dense/ridge.ts";
import { readScalar, readTensor, scalar, tensor } from "../linalg/tensor.ts";
import { factorizeRatings, implicitVector } from "./factors/biased_factorization.ts";
import { shareAmongEvents } from "./explain.ts";
import type { Algorithm, Model } from "./model.ts";
import { requireEvents, resolveOptions } from "./options.ts";

/** How {@linkcode svd} learns, and how it turns a history into a user. */
export interface SvdOptions {
  /** Length of the vectors. Default 100. */
  factors: number;
  /** Passes over the ratings. Default 20. */
  epochs: number;
  /** Step of the gradient descent. Default 0.005. */
  learningRate: number;
  /** Pull of every parameter towards zero during training. Default 0.02. */
  regularization: number;
  /** Ridge strength when a history is folded in; at least 10⁻⁶, so that equal vectors do no harm. Default 15. */
  foldInRegularization: number;
  /**
   * Whether it counts which products a user chose, besides how they were rated (SVD++, Koren 2008). Default
   * false.
   */
  implicit: boolean;
  /** How several events of a user with one product make one rating. Default `"max"`. */
  rating: RatingMode;
  /** Determines the starting values. Default 1. */
  seed: number;
}

/**
 * Biased matrix factorisation by stochastic gradient descent (Funk 2006; Koren, Bell and Volinsky 2009):
 * r̂ = μ + b_user + b_item + q·x. Its scores are predicted ratings. A user's x and b_user are not stored but
 * found from the history by ridge regression on the items' vectors, so that a visitor of a moment ago is
 * treated as everybody else. With `implicit` (SVD++, Koren 2008) the regression starts from what the choice of
 * products tells, instead of from zero.
 *
 * Fitting takes O(ratings × factors) an epoch and 4 bytes × factors for every user and item, with `implicit`
 * half as much time and memory again; folding in takes O(min(n, factors)² × max(n, factors)) for n rated
 * items; scoring O(items × factors).
 */
export const svd: Algorithm<SvdOptions> = {
  name: "svd",
  description: "Biased matrix factorisation by gradient descent; predicts the implicit rating",
  defaults: {
    factors: 100,
    epochs: 20,
    learningRate: 0.005,
    regularization: 0.02,
    foldInRegularization: 15,
    implicit: false,
    rating: "max",
    seed: 1,
  },
  searchSpace: {
    factors: [50, 100],
    epochs: [20, 40, 80],
    learningRate: [0.005, 0.01],
    regularization: [0.02, 0.1, 0.15],
    foldInRegularization: [4, 8, 15],
    implicit: [false, true],
    rating: RATING_MODES,
  },

  fit(train, given, progress) {
    const options = resolveOptions("svd", this.defaults, given, {
      factors: { min: 1, whole: true },
      epochs: { min: 1, whole: true },
      learningRate: { min: 0, exclusive: true },
      regularization: { min: 0 },
      foldInRegularization: { min: 1e-6 },
      implicit: { oneOf: [true, false] },
      rating: { oneOf: RATING_MODES },
      seed: { whole: true },
    });
    requireEvents("svd", train);
    const { mean, itemBiases, itemFactors, implicitFactors } = factorizeRatings(
      ratingMatrix(train, options.rating),
      options,
      progress,
    );
    if (![itemBiases, itemFactors, implicitFactors].every(allFinite)) {
      throw new InputError(
        `Cannot fit svd: the descent ran away, option "learningRate" must be lower, got ${options.learningRate}`,
      );
    }
    return createSvd({ ...options, mean, itemBiases, itemFactors, implicitFactors });
  },

  fromTensors(tensors) {
    const { shape, data } = readTensor(tensors, "itemFactors", Float32Array);
    return createSvd({
      factors: shape[1],
      itemFactors: data,
      implicitFactors: tensors.implicitFactors &&
        readTensor(tensors, "implicitFactors", Float32Array).data,
      itemBiases: readTensor(tensors, "itemBiases", Float32Array).data,
      mean: readScalar(tensors, "mean"),
      foldInRegularization: readScalar(tensors, "foldInRegularization"),
      rating: RATING_MODES[readScalar(tensors, "rating")],
    });
  },
};

/** What an SVD predicts from. */
export interface SvdParameters {
  /** Length of the vectors. */
  readonly factors: number;
  /** Row-major, items × factors. */
  readonly itemFactors: Float32Array;
  /** What choosing an item tells of a user, row-major, items × factors; absent in a plain SVD. */
  readonly implicitFactors?: Float32Array;
  readonly itemBiases: Float32Array;
  /** The mean rating, μ. */
  readonly mean: number;
  /** Ridge strength when a history is folded in. */
  readonly foldInRegularization: number;
  /** How several events of a history with one product make one rating. */
  readonly rating: RatingMode;
}

/** The model of parameters that are there already. */
export function createSvd(parameters: SvdParameters): Model {
  const { factors, itemFactors, implicitFactors, itemBiases, mean, rating } = parameters;
  const itemCount = itemBiases.length;
  const scorer = createItemScorer({ factors, itemFactors, offsets: itemBiases });
  const userOf = (history: History) => {
    const { vector, bias } = foldIn(profileOf(history, itemCount, rating), parameters);
    return { vector, constant: mean + bias };
  };
  return {
    itemCount,
    predictsRatings: true,
    score: (history, scores) => scorer.score(userOf(history), scores),
    scoreSome: (history, items) => scorer.scoreSome(userOf(history), items),
    rankBatch: (histories, hidden, k) => scorer.rank(histories.map(userOf), hidden, k),
    explain(history, items) {
      const profile = profileOf(history, itemCount, rating);
      return Array.from(items, (item) => {
        const { base, parts } = explainItem(profile, item, parameters);
        return { base, events: shareAmongEvents(history, profile, parts) };
      });
    },
    itemVectors: { data: itemFactors, width: factors },
    toTensors: () => ({
      itemFactors: tensor(itemFactors, [itemCount, factors]),
      ...(implicitFactors && { implicitFactors: tensor(implicitFactors, [itemCount, factors]) }),
      itemBiases: tensor(itemBiases),
      mean: scalar(mean),
      foldInRegularization: scalar(parameters.foldInRegularization),
      rating: scalar(RATING_MODES.indexOf(rating)),
    }),
  };
}

/**
 * The user who explains these ratings best, by ridge regression on the items' vectors:
 *
 *   minimise Σᵢ (rᵢ − μ − bᵢ − b − qᵢ·(x + z))² + λ(|x|² + b²)
 *
 * z is what the choice of items tells before any rating is looked at.
 *
 * @returns x + z and b.
 */
function foldIn(
  profile: Profile,
  parameters: SvdParameters,
): { vector: Float64Array; bias: number } {
  const { factors, implicitFactors, foldInRegularization } = parameters;
  const z = implicitVector(profile.items, factors, implicitFactors);
  const solution = solveRidge(ratedRows(profile, parameters), residuals(profile, z, parameters), {
    width: factors + 1,
    strength: foldInRegularization,
  });
  return { vector: z.map((value, f) => value + solution[f]), bias: solution[factors] };
}

/** The rated items' vectors, a 1 appended to each for the bias; row-major. */
function ratedRows({ items }: Profile, { factors, itemFactors }: SvdParameters): Float64Array {
  const width = factors + 1;
  const rows = new Float64Array(items.length * width);
  for (let i = 0; i < items.length; i++) {
    const from = items[i] * factors;
    rows.set(itemFactors.subarray(from, from + factors), i * width);
    rows[i * width + factors] = 1;
  }
  return rows;
}

/** What is left of the ratings: rᵢ − μ − bᵢ − qᵢ·z. */
function residuals(
  { items, ratings }: Profile,
  z: Float64Array,
  { factors, itemFactors, itemBiases, mean }: SvdParameters,
): Float64Array {
  return Float64Array.from(items, (item, i) => {
    let residual = ratings[i] - mean - itemBiases[item];
    for (let f = 0; f < factors; f++) residual -= itemFactors[item * factors + f] * z[f];
    return residual;
  });
}

/**
 * Takes a predicted rating apart. The regression is linear in the residuals y: with a the item's vector and 1,
 *
 *   a·(AᵀA + λI)⁻¹Aᵀy = c·y,   c = A(AᵀA + λI)⁻¹a
 *
 * which is itself a ridge regression, on Aᵀ. To this come the rated items' shares of q·z.
 *
 * @returns μ + bias, and the part of each rated item.
 */
function explainItem(
  profile: Profile,
  item: number,
  parameters: SvdParameters,
): { base: number; parts: Float64Array } {
  const { factors, itemFactors, implicitFactors, itemBiases, mean } = parameters;
  const { items } = profile;
  const base = mean + itemBiases[item];
  if (items.length === 0) return { base, parts: new Float64Array(0) };
  const width = factors + 1;
  const rows = ratedRows(profile, parameters);
  const columns = new Float64Array(rows.length);
  for (let i = 0; i < items.length; i++) {
    for (let f = 0; f < width; f++) columns[f * items.length + i] = rows[i * width + f];
  }
  const vector = itemFactors.subarray(item * factors, (item + 1) * factors);
  const c = solveRidge(columns, Float64Array.of(...vector, 1), {
    width: items.length,
    strength: parameters.foldInRegularization,
  });
  const z = implicitVector(items, factors, implicitFactors);
  const y = residuals(profile, z, parameters);
  const parts = c.map((weight, i) => weight * y[i]);
  if (!implicitFactors) return { base, parts };
  // z is the sum over the items of |N|^(−½) times their implicit vectors.
  const share = 1 / Math.sqrt(items.length);
  return {
    base,
    parts: parts.map((part, i) => {
      for (let f = 0; f < factors; f++) {
        part += share * implicitFactors[items[i] * factors + f] * vector[f];
      }
      return part;
    }),
  };
}

function allFinite(values: Float32Array = new Float32Array(0)): boolean {
  return values.every(Number.isFinite);
}
