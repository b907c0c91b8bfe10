import type { ScoreRange } from "../../linalg/kernels/item_vectors.ts";
import { topK } from "../../linalg/top_k.ts";

/**
 * How scores of different models are made comparable; {@linkcode normalizeScores} has the formulas.
 */
export const NORMALIZATIONS = ["zscore", "minmax", "rank"] as const;

/** One of {@linkcode NORMALIZATIONS}. */
export type Normalization = typeof NORMALIZATIONS[number];

/** Dampens the first ranks, as in Cormack, Clarke and Buettcher (2009). */
const RANK_OFFSET = 60;
/** Items at lower ranks count 0. */
const MOST_RANKED = 1000;

/**
 * Brings one model's scores to a common scale, in place. Equal scores become 0.
 *
 * - `zscore`: (s − mean) / standard deviation, over all items.
 * - `minmax`: (s − least) / (largest − least).
 * - `rank`: 1 / (60 + rank) for the best thousand, 0 for the others (reciprocal rank fusion). Ties
 *   rank by position.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const scores = Float32Array.of(5, 1, 3);
 * normalizeScores(scores, "minmax");
 * assertEquals(scores, Float32Array.of(1, 0, 0.5));
 * ```
 */
export function normalizeScores(scores: Float32Array, normalization: Normalization): void {
  const { least, largest } = rangeOf(scores);
  if (least === largest) scores.fill(0);
  else if (normalization === "minmax") rescale(scores, least, largest - least);
  else if (normalization === "zscore") standardize(scores);
  else toReciprocalRanks(scores);
}

/** The least and the largest of at least one score. */
export function rangeOf(scores: Float32Array): ScoreRange {
  let least = Infinity, largest = -Infinity;
  for (let i = 0; i < scores.length; i++) {
    if (scores[i] < least) least = scores[i];
    if (scores[i] > largest) largest = scores[i];
  }
  return { least, largest };
}

function rescale(scores: Float32Array, zero: number, unit: number): void {
  for (let item = 0; item < scores.length; item++) scores[item] = (scores[item] - zero) / unit;
}

function standardize(scores: Float32Array): void {
  let sum = 0, squares = 0;
  for (const score of scores) sum += score;
  const mean = sum / scores.length;
  for (const score of scores) squares += (score - mean) ** 2;
  rescale(scores, mean, Math.sqrt(squares / scores.length));
}

function toReciprocalRanks(scores: Float32Array): void {
  const { indices } = topK(scores, MOST_RANKED);
  scores.fill(0);
  indices.forEach((item, i) => scores[item] = 1 / (RANK_OFFSET + i + 1));
}
