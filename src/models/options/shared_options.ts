import { RATING_MODES, type RatingMode } from "../../interactions/event_weights.ts";
import type { Csr } from "../../linalg/sparse/csr.ts";
import { filledSize } from "../../linalg/sparse/filled_size.ts";
import { AUTO, auto, choice, type ModelOption, number, whole } from "./option.ts";

/** How a model derives ratings from events, the same for training and for a history. */
export function ratingOption(value: RatingMode = "logsum"): ModelOption<RatingMode, true> {
  return choice(RATING_MODES, value, {
    search: RATING_MODES,
    saved: true,
    meaning: "How a user's events with one product are combined into a rating",
  });
}

/**
 * What makes a model with random parts reproducible.
 *
 * @param determines What is random.
 */
export function seedOption(determines: string): ModelOption<number, false> {
  return whole(1, { meaning: `Determines ${determines}` });
}

/** How many singular vectors a decomposition keeps. */
export function singularVectorsOption(
  value: number,
  search: readonly number[],
): ModelOption<number, false> {
  return whole(value, {
    min: 1,
    search,
    meaning: "Number of singular vectors, at most the number of users or products",
  });
}

/** Number of products from which on models choose other defaults: such data is sparser. */
export const LARGE_CATALOGUE = 10_000;

/** Block Krylov iterations for smaller catalogues. */
const DEFAULT_ITERATIONS = 4;

/** Those for larger ones, whose smaller singular values are noise. */
const FEWER_ITERATIONS = 2;

/** How precise a randomized decomposition is. */
export function krylovIterationsOption(): ModelOption<number | typeof AUTO, false> {
  return auto(whole(DEFAULT_ITERATIONS, {
    min: 1,
    meaning: "Block Krylov iterations of the randomized decomposition; more are more precise; " +
      `auto: ${DEFAULT_ITERATIONS}, or ${FEWER_ITERATIONS} for at least ${LARGE_CATALOGUE} ` +
      "products",
  }));
}

/**
 * The iterations for a matrix. From {@linkcode LARGE_CATALOGUE} products on, further ones cost time
 * and ranking: NDCG@20 of `graph_svd` after 2 and 4 is .1482 and .1472 on Gowalla, .3500 and .3498
 * on RetailRocket, .3557 and .3549 on yoochoose, that of `pure_svd` .0837 and .0783, .0555 and
 * .0503, .2089 and .1917; but .4162 and .4201, .3604 and .3596 on MovieLens 100k with its 1,682
 * films.
 */
export function krylovIterations(iterations: number | typeof AUTO, matrix: Csr): number {
  if (iterations !== AUTO) return iterations;
  return filledSize(matrix).columns < LARGE_CATALOGUE ? DEFAULT_ITERATIONS : FEWER_ITERATIONS;
}

/** How much active users count, in models of co-occurrences. */
export function userPowerOption(
  value: number,
  search: readonly number[],
): ModelOption<number, false> {
  return number(value, {
    min: 0,
    max: 1,
    search,
    meaning: "Damping of active users: at 0 every rating counts the same, at 1 every user does",
  });
}

/** {@linkcode decayOption} by the data, for users who come back, and where hardly any does. */
export const RECENCY = { returning: 0.9, sessions: 0.6 };

/** How fast the order within a history fades; see `recentItems` and `decayOf`. */
export function decayOption(
  search: readonly number[],
): ModelOption<number | typeof AUTO, true> {
  return auto(number(RECENCY.returning, {
    min: 0,
    max: 1,
    search,
    saved: true,
    meaning: "Weight of each item of the history relative to the next; at 0 only the last one " +
      `counts; auto: ${RECENCY.returning}, or ${RECENCY.sessions} if hardly any user comes back`,
  }));
}

/** How fast earlier sessions of a history fade; see `recentItems`. */
export function sessionDecayOption(): ModelOption<number, true> {
  return number(0.8, {
    min: 0,
    max: 1,
    search: [0.5, 0.8, 1],
    saved: true,
    meaning:
      "Weight of each session of the history relative to the next; at 0 only the last counts",
  });
}
