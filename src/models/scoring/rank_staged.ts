import { DistinctItems } from "../../linalg/sparse/distinct_items.ts";
import { firstZeros, type Ranked, topAmong } from "../../linalg/top_k.ts";
import {
  almost,
  type ApproximateScores,
  hiding,
  leastAmong,
  rankSum,
  topOfLists,
} from "./rank_sum.ts";

/** Scores that are sums, of whose parts the minor ones are added only if a list needs them. */
export interface StagedScores extends Pick<ApproximateScores, "exact"> {
  /** Absent if nothing is known without the minor parts, and once they are added. */
  readonly major?: MajorParts;
  /**
   * Adds the minor parts to the same addends, or bounds them.
   *
   * @param needed A score that k items reach.
   */
  complete(needed: number): ApproximateScores;
}

/**
 * Bounds on scores without their minor parts:
 *
 *   scoreᵢ ≤ addendᵢ + rest
 */
export interface MajorParts {
  /** One per item. */
  readonly addends: Float32Array;
  /** Lists of all items whose addends aren't 0. */
  readonly touched: readonly Uint32Array[];
  readonly rest: number;
  /** Whether there are no minor parts: then items that no list has score 0, and none less. */
  readonly isWhole?: boolean;
}

/**
 * The top k by the exact scores. Where the minor parts can't lift any other item into the list,
 * only items that the major parts touch are looked at, as in MaxScore (Turtle and Flood 1995). A
 * list that they don't fill goes on with the first items that score 0, if there are no minor parts.
 *
 * @param hidden Items to omit; may repeat and be unknown.
 * @param k At least 1.
 */
export function rankStaged(scores: StagedScores, hidden: Uint32Array, k: number): Ranked {
  const { major } = scores;
  const staged = major && hiding(hidden, major.addends, () => rankMajor(major, scores, k));
  if (typeof staged === "object") return staged;
  return rankSum(scores.complete(staged ?? -Infinity), hidden, k, staged);
}

const reaching = new DistinctItems();

/** The top k; if an item without major parts may be among them, a score that k items reach. */
function rankMajor(
  { addends, touched, rest, isWhole = false }: MajorParts,
  scores: StagedScores,
  k: number,
): Ranked | number {
  const tried = topOfLists(addends, touched, k);
  const least = tried ? leastAmong(tried, scores, k) : -Infinity;
  const needed = almost(least) - rest;
  if (needed <= 0 && !isWhole) return least;
  // Of items that no list has, the first k tie with the others, and rank before them.
  if (needed <= 0) { for (const item of firstZeros(addends, k)) reaching.add(item); }
  for (const list of touched) {
    for (let i = 0; i < list.length; i++) {
      const addend = addends[list[i]];
      if (addend >= needed && addend > -Infinity) reaching.add(list[i]);
    }
  }
  const items = reaching.take();
  return topAmong({ items, scores: scores.exact(items) }, k);
}
