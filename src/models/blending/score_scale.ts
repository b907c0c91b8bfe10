import type { History } from "../../interactions/history.ts";
import type { RangedScores, ScoreRange } from "../../linalg/kernels/item_vectors.ts";
import { rangeOf } from "../scoring/range_of.ts";
import type { Scorer } from "../scoring/scorer.ts";
import {
  type Normalization,
  type RangeNormalization,
  type Scale,
  scaleFrom,
  standardScale,
  unitRange,
} from "./normalize_scores.ts";

/** A normalization that is linear in the scores. */
export type LinearNormalization = Exclude<Normalization, "rank">;

/**
 * How a model's scores of a history are normalized: the zero and the unit that all of them have
 * together. A model that bounds its scores, or knows which aren't 0, needn't compute them all.
 *
 * @param buffer Overwritten; as long as the model has items.
 */
export function scaleOf(
  model: Scorer,
  history: History,
  { normalize, buffer }: { normalize: LinearNormalization; buffer: Float32Array },
): Scale {
  if (normalize === "zscore") {
    model.score(history, buffer);
    return standardScale(buffer);
  }
  const known = knownRange(model, history, normalize);
  if (!known) model.score(history, buffer);
  return scaleFrom(unitRange(known ?? rangeOf(buffer), normalize));
}

/**
 * The least and the largest score that a normalization takes for a history; undefined if the model
 * only knows them from all scores.
 */
export function knownRange(
  model: Scorer,
  history: History,
  normalize: RangeNormalization,
): ScoreRange | undefined {
  const ranged = model.scoreLazily?.(history) ?? model.scoreOnDemand?.(history);
  return ranged ? rangeBy(ranged, normalize) : model.scoreSparse?.(history);
}

/** The least and the largest score that a normalization takes. */
export function rangeBy(scores: RangedScores, normalize: RangeNormalization): ScoreRange {
  return normalize === "bounds" ? scores.bounds() : scores.range();
}
