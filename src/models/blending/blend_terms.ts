import type { History } from "../../interactions/history.ts";
import type { FittedMember } from "../blend_members.ts";
import type { Model, ScoreTerm } from "../model.ts";
import { type Normalization, rangeOf, type Scale, standardScale } from "./normalize_scores.ts";

/**
 * Splits a blend's scores of a history into those of its members: normalized linearly, each member
 * adds
 *
 *   weight · (s − zero) / unit
 *
 * with the zero and the unit of all scores that it gives for the history.
 *
 * @param options `weights`: one per member.
 */
export function createBlendTerms(
  members: readonly FittedMember[],
  { weights, normalize }: {
    weights: ArrayLike<number>;
    normalize: Exclude<Normalization, "rank">;
  },
): (history: History) => ScoreTerm[] {
  let buffer: Float32Array | undefined;
  function scaleOf(model: Model, history: History): Scale {
    if (normalize === "minmax") {
      // A model that scores lazily bounds its scores without computing them all.
      if (model.scoreLazily) return toScale(model.scoreLazily(history).range());
      if (model.scoreSparse) {
        const { values, touched, largest } = model.scoreSparse(history);
        const least = touched.length < values.length ? 0 : rangeOf(values).least;
        return toScale({ least, largest });
      }
    }
    buffer ??= new Float32Array(model.itemCount);
    model.score(history, buffer);
    return normalize === "minmax" ? toScale(rangeOf(buffer)) : standardScale(buffer);
  }
  return (history) =>
    members.map(({ model }, m) => {
      const { zero, unit } = scaleOf(model, history);
      // Equal scores count 0.
      const factor = unit === 0 ? 0 : weights[m] / unit;
      return { model, factor, constant: -factor * zero };
    });
}

function toScale({ least, largest }: { least: number; largest: number }): Scale {
  return { zero: least, unit: largest - least };
}
