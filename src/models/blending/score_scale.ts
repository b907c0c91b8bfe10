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
  return scaleFrom(unitRange(rangeFor(model, history, { normalize, buffer }), normalize));
}

function rangeFor(
  model: Scorer,
  history: History,
  { normalize, buffer }: { normalize: RangeNormalization; buffer: Float32Array },
): ScoreRange {
  const ranged = rangedScores(model, history);
  if (ranged) return normalize === "minmax" ? ranged.range() : ranged.bounds();
  if (model.scoreSparse) {
    const { values, touched, largest } = model.scoreSparse(history);
    return { least: touched.length < values.length ? 0 : rangeOf(values).least, largest };
  }
  model.score(history, buffer);
  return rangeOf(buffer);
}

/** The bounds that a model knows on its scores of a history; undefined if it knows none. */
export function boundsOf(model: Scorer, history: History): ScoreRange | undefined {
  return rangedScores(model, history)?.bounds();
}

function rangedScores(model: Scorer, history: History): RangedScores | undefined {
  return model.scoreLazily?.(history) ?? model.scoreOnDemand?.(history);
}
