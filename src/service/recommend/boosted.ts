import type { Scorer } from "../../models/scoring/scorer.ts";

/**
 * A scorer whose scores are multiplied by factors, measured from the score of an item about which a
 * history says nothing, or from 0 if every score is a recommendation:
 *
 *   s′ = s₀ + (s − s₀) · f        s ≥ s₀
 *   s′ = s₀ + (s − s₀) / f        s < s₀
 *
 * So a factor above 1 always raises a score and one below 1 lowers it, and no factor makes a
 * recommendation of an item that is none.
 *
 * @param factors One per item, above 0.
 */
export function boosted(scorer: Scorer, factors: Float32Array | undefined): Scorer {
  if (!factors) return scorer;
  const { itemCount, noSignal } = scorer;
  return {
    itemCount,
    noSignal,
    score(history, scores) {
      scorer.score(history, scores);
      boostScores(scores, factors, noSignal);
    },
  };
}

/** Multiplies scores by factors, in place, as {@linkcode boosted} does. */
export function boostScores(
  scores: Float32Array,
  factors: Float32Array | undefined,
  noSignal = 0,
): void {
  if (!factors) return;
  for (let item = 0; item < scores.length; item++) {
    const factor = factors[item];
    if (factor === 1) continue;
    const above = scores[item] - noSignal;
    scores[item] = noSignal + (above >= 0 ? above * factor : above / factor);
  }
}
