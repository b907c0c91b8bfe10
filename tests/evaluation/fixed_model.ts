import type { RatingMode } from "../../src/interactions/event_weights.ts";
import type { History } from "../../src/interactions/history.ts";
import type { Model } from "../../src/models/model.ts";

/** A model that scores each item the same for all users. */
export function fixedModel(scores: readonly number[], predictsRatings?: RatingMode): Model {
  return { ...modelOf(scores.length, () => scores), ...(predictsRatings && { predictsRatings }) };
}

/** A model whose scores a function gives, one per item. */
export function modelOf(
  itemCount: number,
  scoresOf: (history: History) => ArrayLike<number>,
): Model {
  return {
    itemCount,
    score: (history, out) => out.set(scoresOf(history)),
    toTensors: () => ({}),
  };
}
