import { RATING_MODES, type RatingMode } from "../interactions/event_weights.ts";
import { type Profile, profileOf } from "../interactions/history.ts";
import { ratingMatrix } from "../interactions/interactions.ts";
import { cholesky, solveCholesky } from "../linalg/cholesky.ts";
import { readScalar, readTensor, scalar, tensor } from "../linalg/tensor.ts";
import { factorizeRatings } from "./biased_factorization.ts";
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
  /** Ridge strength when a history is folded in. Default 15. */
  foldInRegularization: number;
  /** How several events of a user with one product make one rating. Default `"max"`. */
  rating: RatingMode;
  /** Determines the starting values. Default 1. */
  seed: number;
}

/**
 * Biased matrix factorisation by stochastic gradient descent (Funk 2006; Koren, Bell and Volinsky 2009):
 * r̂ = μ + b_user + b_item + q·x. Its scores are predicted ratings. A user's x and b_user are not stored but
 * found from the history by ridge regression on the items' vectors, so that a visitor of a moment ago is
 * treated as everybody else.
 *
 * Fitting takes O(ratings × factors) an epoch and 4 bytes × factors for every user and item; folding in takes
 * O(min(n, factors)² × max(n, factors)) for n rated items; scoring O(items × factors).
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
    rating: "max",
    seed: 1,
  },

  fit(train, given, progress) {
    const options = resolveOptions("svd", this.defaults, given, {
      factors: { min: 1, whole: true },
      epochs: { min: 1, whole: true },
      learningRate: { min: 0, exclusive: true },
      regularization: { min: 0 },
      foldInRegularization: { min: 0, exclusive: true },
      rating: { oneOf: RATING_MODES },
      seed: { whole: true },
    });
    requireEvents("svd", train);
    const learned = factorizeRatings(ratingMatrix(train, options.rating), options, progress);
    return createSvd({ ...learned, ...options });
  },

  fromTensors(tensors) {
    const { shape, data } = readTensor(tensors, "itemFactors", Float32Array);
    return createSvd({
      factors: shape[1],
      itemFactors: data,
      itemBiases: readTensor(tensors, "itemBiases", Float32Array).data,
      mean: readScalar(tensors, "mean"),
      foldInRegularization: readScalar(tensors, "foldInRegularization"),
      rating: RATING_MODES[readScalar(tensors, "rating")],
    });
  },
};

interface SvdParameters {
  readonly factors: number;
  /** Row-major, items × factors. */
  readonly itemFactors: Float32Array;
  readonly itemBiases: Float32Array;
  /** The mean rating, μ. */
  readonly mean: number;
  readonly foldInRegularization: number;
  readonly rating: RatingMode;
}

function createSvd(parameters: SvdParameters): Model {
  const { factors, itemFactors, itemBiases, mean, foldInRegularization, rating } = parameters;
  const itemCount = itemBiases.length;
  return {
    itemCount,
    predictsRatings: true,
    score(history, scores) {
      const user = foldIn(profileOf(history, itemCount, rating), parameters);
      for (let item = 0, at = 0; item < itemCount; item++) {
        let score = mean + user.bias + itemBiases[item];
        for (let f = 0; f < factors; f++) score += user.vector[f] * itemFactors[at++];
        scores[item] = score;
      }
    },
    toTensors: () => ({
      itemFactors: tensor(itemFactors, [itemCount, factors]),
      itemBiases: tensor(itemBiases),
      mean: scalar(mean),
      foldInRegularization: scalar(foldInRegularization),
      rating: scalar(RATING_MODES.indexOf(rating)),
    }),
  };
}

/**
 * The user who explains these ratings best, by ridge regression on the items' vectors:
 *
 *   minimise Σᵢ (rᵢ − μ − bᵢ − b − qᵢ·x)² + λ(|x|² + b²)
 *
 * With Q the rated items' vectors, a 1 appended to each for the bias, and y what is left of the ratings, the
 * solution is Qᵀ(QQᵀ + λI)⁻¹y = (QᵀQ + λI)⁻¹Qᵀy: solved in whichever of the two systems is smaller.
 */
function foldIn(
  { items, ratings }: Profile,
  { factors, itemFactors, itemBiases, mean, foldInRegularization }: SvdParameters,
): { vector: Float64Array; bias: number } {
  const rated = items.length;
  const width = factors + 1;
  const rows = new Float64Array(rated * width);
  const residuals = new Float64Array(rated);
  for (let i = 0; i < rated; i++) {
    const from = items[i] * factors;
    rows.set(itemFactors.subarray(from, from + factors), i * width);
    rows[i * width + factors] = 1;
    residuals[i] = ratings[i] - mean - itemBiases[items[i]];
  }
  const solution = solveRidge(rows, residuals, width, foldInRegularization);
  return { vector: solution.subarray(0, factors), bias: solution[factors] };
}

/** Minimises |rows·x − y|² + strength·|x|². */
function solveRidge(
  rows: Float64Array,
  y: Float64Array,
  width: number,
  strength: number,
): Float64Array {
  const dual = y.length < width;
  const columns = transposed(rows, y.length, width);
  const gram = dual ? gramOfRows(rows, y.length, width) : gramOfRows(columns, width, y.length);
  const size = dual ? y.length : width;
  for (let i = 0; i < size; i++) gram[i * size + i] += strength;
  cholesky(gram, size);
  const solution = dual ? y : timesVector(columns, y, width);
  solveCholesky(gram, solution);
  return dual ? timesVector(columns, solution, width) : solution;
}

function transposed(rows: Float64Array, height: number, width: number): Float64Array {
  const columns = new Float64Array(rows.length);
  for (let i = 0; i < height; i++) {
    for (let f = 0; f < width; f++) columns[f * height + i] = rows[i * width + f];
  }
  return columns;
}

/** The lower triangle of A·Aᵀ. */
function gramOfRows(a: Float64Array, height: number, width: number): Float64Array {
  const gram = new Float64Array(height * height);
  for (let i = 0; i < height; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let f = 0; f < width; f++) sum += a[i * width + f] * a[j * width + f];
      gram[i * height + j] = sum;
    }
  }
  return gram;
}

function timesVector(a: Float64Array, x: Float64Array, height: number): Float64Array {
  const width = x.length;
  const product = new Float64Array(height);
  for (let i = 0; i < height; i++) {
    for (let f = 0; f < width; f++) product[i] += a[i * width + f] * x[f];
  }
  return product;
}
