import type { Progress } from "../../base/progress.ts";
import { mean } from "../../base/statistics.ts";
import type { Csr } from "../../linalg/sparse/csr.ts";
import {
  createDescent,
  type Descent,
  type DescentParameters,
} from "../../linalg/kernels/descent.ts";
import { createRandom, shuffleNearby } from "../../linalg/random.ts";

/** The options of {@linkcode factorizeRatings}. */
export interface FactorizationOptions {
  /** Length of the vectors. */
  readonly factors: number;
  /** Passes over the ratings. */
  readonly epochs: number;
  readonly learningRate: number;
  readonly regularization: number;
  /** Whether to learn implicit factors too, as SVD++ does (Koren 2008). */
  readonly implicit: boolean;
  readonly seed: number;
}

/**
 * The parameters of r̂ = μ + b_user + b_item + q·(p + z), where μ is the mean rating and z, what
 * the user's choice of items N says regardless of the ratings, is |N|^(−½) Σ y over these items;
 * zero without implicit factors.
 */
export interface Factorization extends DescentParameters {
  /** The vectors y, row-major, items × factors; absent without the option `implicit`. */
  readonly implicitFactors?: Float32Array;
}

/**
 * Standard deviation of the starting values, as in Surprise; uniform ones are drawn three times as
 * fast as normal ones.
 */
const INITIAL_DEVIATION = 0.1;

/** Uniform numbers from −√3 to √3 have a standard deviation of 1. */
const UNIFORM_BOUND = Math.sqrt(3);

/**
 * Learns the biased factorization of a matrix of ratings by stochastic gradient descent (Funk 2006;
 * Koren, Bell and Volinsky 2009), user by user in a new random order for every epoch. The order is
 * one of {@linkcode shuffleNearby}: with a plain shuffle, training on a large shop spends half of
 * its time waiting for memory. A user or item without ratings has a bias and vectors of zero.
 *
 * Implicit vectors step once for all ratings of a user, not after each; and their λ carries the
 * same |N|^(−½) as their error: with the whole λ per rating (Koren 2008), no single strength suits
 * both them and the other parameters.
 *
 * @param ratings Users × items; absent entries are unknown, not zero.
 */
export function factorizeRatings(
  ratings: Csr,
  options: FactorizationOptions,
  progress: Progress = () => {},
): Factorization {
  const random = createRandom(options.seed);
  const { factors, implicit } = options;
  const { indptr } = ratings;
  const draw = (values: Float32Array) => {
    random.fill(values, INITIAL_DEVIATION * UNIFORM_BOUND);
    return values;
  };
  const descent = createDescent(ratings, {
    mean: mean(ratings.values),
    userBiases: new Float32Array(ratings.rows),
    itemBiases: new Float32Array(ratings.columns),
    userFactors(vector, user) {
      draw(vector);
      // Nothing is learned of them.
      if (indptr[user] === indptr[user + 1]) vector.fill(0);
    },
    itemFactors: draw,
  }, options);
  const implicitFactors = implicit ? draw(new Float32Array(ratings.columns * factors)) : undefined;
  const learnChoice = implicitFactors && choiceLearner(ratings, implicitFactors, options, descent);
  const rated = Uint32Array.from({ length: ratings.rows }, (_, user) => user)
    .filter((user) => indptr[user + 1] > indptr[user]);
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    const order = shuffleNearby(rated, random);
    if (learnChoice) order.forEach(learnChoice);
    else descent.learn(order);
    progress((epoch + 1) / options.epochs);
  }
  const learned = descent.parameters();
  clearUnrated(ratings, [learned.itemFactors, implicitFactors], factors);
  return {
    ...{ mean: learned.mean, itemBiases: learned.itemBiases, itemFactors: learned.itemFactors },
    userBiases: learned.userBiases,
    get userFactors() {
      return learned.userFactors;
    },
    ...(implicitFactors && { implicitFactors }),
  };
}

/**
 * Learns from a user's ratings and choice. After the ratings' steps the implicit vectors of all
 * items that the user rated, N, take one together:
 *
 *   y += γ|N|^(−½) Σ (e·q − λy)
 */
function choiceLearner(
  { indptr, indices }: Csr,
  implicitFactors: Float32Array,
  { factors, learningRate, regularization }: FactorizationOptions,
  descent: Descent,
): (user: number) => void {
  const pull = new Float64Array(factors);
  return (user) => {
    const rated = indices.subarray(indptr[user], indptr[user + 1]);
    descent.learnImplicit(user, { z: implicitVector(rated, factors, implicitFactors), pull });
    const step = learningRate / Math.sqrt(rated.length);
    const decay = rated.length * regularization;
    for (const item of rated) {
      for (let f = 0, y = item * factors; f < factors; f++, y++) {
        implicitFactors[y] += step * (pull[f] - decay * implicitFactors[y]);
      }
    }
  };
}

/**
 * What the choice of items says about a user, regardless of the ratings: z = |N|^(−½) Σ y.
 *
 * @param rated The items, N; for none, z is zero.
 * @param implicitFactors Row-major, items × factors; without them, z is zero.
 */
export function implicitVector(
  rated: Uint32Array,
  factors: number,
  implicitFactors?: Float32Array,
): Float64Array {
  const z = new Float64Array(factors);
  if (!implicitFactors) return z;
  for (const item of rated) {
    for (let f = 0; f < factors; f++) z[f] += implicitFactors[item * factors + f];
  }
  return rated.length > 0 ? z.map((sum) => sum / Math.sqrt(rated.length)) : z;
}

/** Clears the random start of items without ratings, of which nothing is learned. */
function clearUnrated(
  { indices, columns }: Csr,
  vectors: readonly (Float32Array | undefined)[],
  factors: number,
): void {
  const rated = new Uint8Array(columns);
  for (const item of indices) rated[item] = 1;
  for (let item = 0; item < columns; item++) {
    if (rated[item] === 1) continue;
    for (const rows of vectors) rows?.fill(0, item * factors, (item + 1) * factors);
  }
}
