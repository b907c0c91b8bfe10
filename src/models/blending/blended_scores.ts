import type { History } from "../../interactions/history.ts";
import type { LazyScores, RangedScores, ScoreRange } from "../../linalg/kernels/item_vectors.ts";
import { type RangeNormalization, unitRange } from "./normalize_scores.ts";
import { rangeBy } from "./score_scale.ts";
import { rangeOf } from "../scoring/range_of.ts";
import type { MajorParts, StagedScores } from "../scoring/rank_staged.ts";
import type { ApproximateScores } from "../scoring/rank_sum.ts";
import type { Scorer, ScoresOnDemand } from "../scoring/scorer.ts";

/** One member's scores of a history. */
interface MemberScores extends ScoreRange {
  readonly weight: number;
  /** One per item; absent if they are lazy or on demand. */
  readonly values?: Float32Array;
  /** The items that don't score 0. Default: any may not. */
  readonly touched?: Uint32Array;
  readonly lazy?: LazyScores;
  readonly onDemand?: ScoresOnDemand;
}

/** More than the rounding errors of a few operations on numbers up to 1. */
const ROUNDING = 2 ** -20;

/** Members that touch a larger share of the items don't say which are likely to be in a list. */
const MOST_LIKELY = 1 / 8;

/**
 * Makes a way to score and rank items by the weighted sum of members' normalized scores, without
 * computing all of them:
 *
 *   Σ_m weight_m · (s_m − least_m) / (largest_m − least_m)
 *
 * Least and largest are without what items of the history add to themselves, so other items score
 * the same whatever that is.
 *
 * Sparse scores of members are added up where they aren't 0; of one member that scores lazily, only
 * the scores of items that can enter a list are computed, and with `minmax` their range. Sums are
 * rounded to single precision in the same steps as if all scores were computed, so they are the
 * same to the last bit. Members that score lazily or on demand are minor: a list is made without
 * them where their weights are too small for them to matter.
 *
 * @param weights One per member, at least 0, summing to 1.
 * @returns The scores of a history, to be ranked by {@linkcode rankStaged}; valid until the next
 *   call.
 */
export function blendedScores(
  members: readonly Scorer[],
  weights: ArrayLike<number>,
  normalize: RangeNormalization,
): (history: History) => StagedScores {
  const [{ itemCount }] = members;
  const lazyMember = members.findIndex(({ scoreSparse, scoreLazily }) =>
    !scoreSparse && scoreLazily
  );
  const buffers: Float32Array[] = [];
  let addends: Float32Array | undefined;

  const extremesOf = (scores: RangedScores) => unitRange(rangeBy(scores, normalize), normalize);

  function scoresOf(history: History): MemberScores[] {
    return members.map((member, m) => {
      const weight = weights[m];
      if (member.scoreOnDemand) {
        const onDemand = member.scoreOnDemand(history);
        return { weight, onDemand, ...extremesOf(onDemand) };
      }
      if (member.scoreSparse) {
        const { values, touched, least, largest } = member.scoreSparse(history);
        return { weight, values, touched, least, largest };
      }
      if (m === lazyMember) {
        const lazy = member.scoreLazily!(history);
        return { weight, lazy, ...extremesOf(lazy) };
      }
      const values = buffers[m] ??= new Float32Array(itemCount);
      member.score(history, values);
      const lazy = member.scoreLazily?.(history);
      return {
        weight,
        values,
        ...(lazy ? extremesOf(lazy) : unitRange(rangeOf(values), normalize)),
      };
    });
  }

  return (history) => {
    // Equal scores count 0.
    const differing = scoresOf(history).filter(({ least, largest }) => least < largest);
    const sums = addends ??= new Float32Array(itemCount);
    sums.fill(0);
    for (const member of differing) addNormalized(member, sums);
    let completed: ApproximateScores | undefined;
    return {
      get major() {
        return completed ? undefined : majorPartsOf(differing, sums);
      },
      complete: (needed) => completed ??= complete(differing, sums, needed),
      exact: (items) => blend(differing, items),
    };
  };
}

/** What is known without minor members; undefined if a major one may touch any item. */
function majorPartsOf(
  members: readonly MemberScores[],
  addends: Float32Array,
): MajorParts | undefined {
  const touched: Uint32Array[] = [];
  let rest = ROUNDING;
  for (const member of members) {
    if (!member.values) rest += member.weight;
    else if (member.touched) touched.push(member.touched);
    else return undefined;
  }
  return { addends, touched, rest, isWhole: touched.length === members.length };
}

/**
 * Adds scores on demand to the addends, so that everything but lazy scores is in them; those with
 * little weight stay out, as a tolerance.
 *
 * @param needed A score that k items reach.
 */
function complete(
  members: readonly MemberScores[],
  addends: Float32Array,
  needed: number,
): ApproximateScores {
  const lazyMember = members.find(({ lazy }) => lazy);
  let factor = 0, constant = 0, tolerance = ROUNDING;
  if (lazyMember) {
    const { weight, least, largest } = lazyMember;
    factor = weight / (largest - least);
    constant -= factor * least;
    tolerance += ROUNDING * factor * Math.max(Math.abs(least), Math.abs(largest));
  }
  // An item of which no member says anything scores the constant. A tolerance above what the list's
  // last item has more would let in nearly all.
  const gain = needed - constant;
  const completed = members.map((member): MemberScores => {
    if (!member.onDemand) return member;
    if (member.weight <= gain) {
      // What it adds is between 0 and its weight.
      constant += member.weight / 2;
      tolerance += member.weight / 2;
      return member;
    }
    const { values, touched } = member.onDemand.all();
    const whole = { ...member, values, touched };
    addNormalized(whole, addends);
    return whole;
  });
  return {
    ...{ addends, lazy: lazyMember?.lazy, factor, constant, tolerance },
    ...touchedOf(completed),
    exact: (items, lazyScores) => blend(completed, items, lazyScores),
  };
}

/** The items that members touch; likely ones are those of members that don't touch many. */
function touchedOf(
  members: readonly MemberScores[],
): Pick<ApproximateScores, "likely" | "touched"> {
  const added = members.filter(({ values }) => values !== undefined);
  const touched = added.flatMap(({ touched }) => touched ?? []);
  const likely = added.flatMap(({ touched, values }) =>
    touched && touched.length < MOST_LIKELY * values!.length ? [touched] : []
  );
  return { likely, ...(touched.length === added.length && { touched }) };
}

/** sums += weight · (values − least) / (largest − least), without rounding in between. */
function addNormalized(
  { weight, least, largest, values, touched }: MemberScores,
  sums: Float32Array,
): void {
  if (!values) return;
  const factor = weight / (largest - least);
  if (touched && least === 0) {
    for (let i = 0; i < touched.length; i++) sums[touched[i]] += factor * values[touched[i]];
  } else {
    for (let item = 0; item < sums.length; item++) sums[item] += factor * (values[item] - least);
  }
}

/** The blended scores of some items, rounded like the normalized scores of all. */
function blend(
  members: readonly MemberScores[],
  items: Uint32Array,
  lazyScores?: Float32Array,
): Float32Array {
  const sums = new Float32Array(items.length);
  for (const { weight, least, largest, values, lazy, onDemand } of members) {
    const unit = largest - least;
    const some = values
      ? undefined
      : onDemand
      ? onDemand.some(items)
      : lazyScores ?? lazy!.some(items);
    for (let i = 0; i < items.length; i++) {
      const score = some ? some[i] : values![items[i]];
      sums[i] += weight * Math.fround((score - least) / unit);
    }
  }
  return sums;
}
