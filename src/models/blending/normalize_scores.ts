import type { ScoreRange } from "../../linalg/kernels/item_vectors.ts";
import { topK } from "../../linalg/top_k.ts";
import { rangeOf } from "../scoring/range_of.ts";

/**
 * How scores of different models are made comparable; {@linkcode normalizeScores} has the formulas.
 */
export const NORMALIZATIONS = ["zscore", "minmax", "rank", "bounds"] as const;

/** One of {@linkcode NORMALIZATIONS}. */
export type Normalization = typeof NORMALIZATIONS[number];

/** A normalization from a least to a largest score. */
export type RangeNormalization = Extract<Normalization, "minmax" | "bounds">;

/**
 * The scores that become 0 and 1. Between bounds on both sides of 0, 0 stays 0, so that what a
 * model says nothing of counts nothing.
 */
export function unitRange(range: ScoreRange, normalization: RangeNormalization): ScoreRange {
  const { least, largest } = range;
  return normalization === "bounds" && least < 0 && largest > 0 ? { least: 0, largest } : range;
}

/** Whether a normalization needs no more than a least and a largest score. */
export function isOfRange(normalization: Normalization): normalization is RangeNormalization {
  return normalization === "minmax" || normalization === "bounds";
}

/** Dampens the first ranks, as in Cormack, Clarke and Buettcher (2009). */
const RANK_OFFSET = 60;
/** Items at lower ranks count 0. */
const MOST_RANKED = 1000;

/**
 * Brings one model's scores to a common scale, in place. Equal scores become 0.
 *
 * - `zscore`: (s − mean) / standard deviation, over all items.
 * - `minmax`: (s − least) / (largest − least).
 * - `bounds`: the same with the least and the largest score that the model can give, where it knows
 *   them: theoretical min–max (Bruch, Gai and Ingber 2023). It tells a history that matches well
 *   from one that hardly does, and needs no scores. See {@linkcode unitRange}.
 * - `rank`: 1 / (60 + rank) for the best thousand, 0 for the others (reciprocal rank fusion). Ties
 *   rank by position.
 *
 * @param range For `minmax` and `bounds`: the least and the largest. Default those of the scores.
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
export function normalizeScores(
  scores: Float32Array,
  normalization: Normalization,
  range: ScoreRange = rangeOf(scores),
): void {
  if (range.least === range.largest) scores.fill(0);
  else if (isOfRange(normalization)) rescale(scores, scaleFrom(unitRange(range, normalization)));
  else if (normalization === "zscore") rescale(scores, standardScale(scores));
  else toReciprocalRanks(scores);
}

/** A linear normalization, (s − zero) / unit. */
export interface Scale {
  readonly zero: number;
  readonly unit: number;
}

/** The scale on which the least score is 0 and the largest 1. */
export function scaleFrom({ least, largest }: ScoreRange): Scale {
  return { zero: least, unit: largest - least };
}

function rescale(scores: Float32Array, { zero, unit }: Scale): void {
  for (let item = 0; item < scores.length; item++) scores[item] = (scores[item] - zero) / unit;
}

/** The mean and the standard deviation. */
export function standardScale(scores: Float32Array): Scale {
  let sum = 0, squares = 0;
  for (const score of scores) sum += score;
  const zero = sum / scores.length;
  for (const score of scores) squares += (score - zero) ** 2;
  return { zero, unit: Math.sqrt(squares / scores.length) };
}

function toReciprocalRanks(scores: Float32Array): void {
  const { indices } = topK(scores, MOST_RANKED);
  scores.fill(0);
  indices.forEach((item, i) => scores[item] = 1 / (RANK_OFFSET + i + 1));
}
