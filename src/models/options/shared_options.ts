import { RATING_MODES, type RatingMode } from "../../interactions/event_weights.ts";
import { type AUTO, auto, choice, type ModelOption, number, whole } from "./option.ts";

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

/** How precise a randomized decomposition is. */
export function krylovIterationsOption(): ModelOption<number, false> {
  return whole(4, {
    min: 1,
    meaning: "Block Krylov iterations of the randomized decomposition; more are more precise",
  });
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
