import type { Progress } from "../interactions/progress.ts";
import type { Csr } from "../linalg/csr.ts";
import { createRandom, shuffle } from "../linalg/random.ts";

/** How {@linkcode factorizeRatings} descends. */
export interface FactorizationOptions {
  /** Length of the vectors. */
  readonly factors: number;
  /** Passes over the ratings. */
  readonly epochs: number;
  readonly learningRate: number;
  readonly regularization: number;
  readonly seed: number;
}

/** The parameters of r̂ = μ + b_user + b_item + q·p. */
export interface Factorization {
  /** The mean rating, μ. */
  readonly mean: number;
  readonly userBiases: Float32Array;
  readonly itemBiases: Float32Array;
  /** Row-major, users × factors. */
  readonly userFactors: Float32Array;
  /** Row-major, items × factors. */
  readonly itemFactors: Float32Array;
}

/** Standard deviation of the starting values, as in Surprise. */
const INITIAL_DEVIATION = 0.1;

/**
 * Learns the biased factorisation of a matrix of ratings by stochastic gradient descent (Funk 2006; Koren,
 * Bell and Volinsky 2009), user by user in an order drawn anew for every epoch. A user or item without
 * ratings keeps a bias and a vector of zero.
 *
 * @param ratings Users × items; entries that are absent are unknown, not zero.
 */
export function factorizeRatings(
  ratings: Csr,
  { factors, epochs, learningRate, regularization, seed }: FactorizationOptions,
  progress: Progress = () => {},
): Factorization {
  const random = createRandom(seed);
  const model: Factorization = {
    mean: ratings.values.reduce((sum, value) => sum + value, 0) / ratings.values.length,
    userBiases: new Float32Array(ratings.rows),
    itemBiases: new Float32Array(ratings.columns),
    userFactors: Float32Array.from(
      { length: ratings.rows * factors },
      () => INITIAL_DEVIATION * random.normal(),
    ),
    itemFactors: Float32Array.from(
      { length: ratings.columns * factors },
      () => INITIAL_DEVIATION * random.normal(),
    ),
  };
  const order = Uint32Array.from({ length: ratings.rows }, (_, user) => user);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const user of shuffle(order, random)) {
      learnUser(user, ratings, model, factors, learningRate, regularization);
    }
    progress((epoch + 1) / epochs);
  }
  clearUnrated(ratings, model, factors);
  return model;
}

/** One step for every rating r of a user:  e = r − r̂,  b += γ(e − λb),  p += γ(e·q − λp),  q += γ(e·p − λq). */
function learnUser(
  user: number,
  { indptr, indices, values }: Csr,
  { mean, userBiases, itemBiases, userFactors, itemFactors }: Factorization,
  factors: number,
  rate: number,
  regularization: number,
): void {
  const p = user * factors;
  for (let at = indptr[user]; at < indptr[user + 1]; at++) {
    const item = indices[at];
    const q = item * factors;
    let predicted = mean + userBiases[user] + itemBiases[item];
    for (let f = 0; f < factors; f++) predicted += userFactors[p + f] * itemFactors[q + f];
    const error = values[at] - predicted;

    userBiases[user] += rate * (error - regularization * userBiases[user]);
    itemBiases[item] += rate * (error - regularization * itemBiases[item]);
    for (let f = 0; f < factors; f++) {
      const ofUser = userFactors[p + f];
      const ofItem = itemFactors[q + f];
      userFactors[p + f] = ofUser + rate * (error * ofItem - regularization * ofUser);
      itemFactors[q + f] = ofItem + rate * (error * ofUser - regularization * ofItem);
    }
  }
}

/** What was never rated has learned nothing: its random start is taken away. */
function clearUnrated(
  { rows, indptr, indices, columns }: Csr,
  { userFactors, itemFactors }: Factorization,
  factors: number,
): void {
  for (let user = 0; user < rows; user++) {
    if (indptr[user] === indptr[user + 1]) {
      userFactors.fill(0, user * factors, (user + 1) * factors);
    }
  }
  const rated = new Uint8Array(columns);
  for (const item of indices) rated[item] = 1;
  for (let item = 0; item < columns; item++) {
    if (rated[item] === 0) itemFactors.fill(0, item * factors, (item + 1) * factors);
  }
}
