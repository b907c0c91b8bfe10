import type { ScoreRange } from "../../linalg/kernels/item_vectors.ts";

/** The least and the largest of at least one score. */
export function rangeOf(scores: Float32Array | Float64Array): ScoreRange {
  let least = Infinity, largest = -Infinity;
  for (let i = 0; i < scores.length; i++) {
    if (scores[i] < least) least = scores[i];
    if (scores[i] > largest) largest = scores[i];
  }
  return { least, largest };
}
