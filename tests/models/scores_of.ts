import { assertAlmostEquals } from "../assert.ts";
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

/** Saved numbers have 16 bits, so scores differ by a ten-thousandth of the largest at most. */
export function assertRounded(saved: Float32Array, exact: Float32Array): void {
  const largest = exact.reduce((most, score) => Math.max(most, Math.abs(score)), 0);
  exact.forEach((score, item) => assertAlmostEquals(saved[item], score, 1e-4 * largest));
}
