import type { History } from "../../src/interactions/history.ts";
import type { Model } from "../../src/models/model.ts";

/**
 * The scores that a model gives every item.
 *
 * @param before What the buffer holds before the model writes to it.
 */
export function scoresOf(model: Model, history: History, before = 0): Float32Array {
  const scores = new Float32Array(model.itemCount).fill(before);
  model.score(history, scores);
  return scores;
}
