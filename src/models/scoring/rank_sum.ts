import type { LazyScores } from "../../linalg/kernels/item_vectors.ts";
import { DistinctItems } from "../../linalg/sparse/distinct_items.ts";
import { type Ranked, topAmong, topK, topOfSome } from "../../linalg/top_k.ts";

/**
 * Scores of which an approximation is cheap to compute or to bound:
 *
 *   |addendᵢ + factor · lazyᵢ + constant − scoreᵢ| ≤ tolerance
 */
export interface ApproximateScores {
  /** One per item. */
  readonly addends: Float32Array;
  /**
   * Lists of items with large addends, each without repeats; a good list takes less time. Default:
   * the large addends of all items are large scores.
   */
  readonly likely?: readonly Uint32Array[];
  /** Lists of all items whose addends are above 0, which may repeat. Default any may be. */
  readonly touched?: readonly Uint32Array[];
  /** The scores of another model. Default 0. */
  readonly lazy?: LazyScores;
  /** At least 0. */
  readonly factor: number;
  readonly constant: number;
  readonly tolerance: number;
  /**
   * The exact scores of some items, in their order.
   *
   * @param lazyScores Those of the other model, in the same order; computed if omitted.
   */
  exact(items: Uint32Array, lazyScores?: Float32Array): Float32Array;
}

/**
 * The top k by the exact scores. Items with large addends are scored first: at least k items score
 * as much as the k-th best of these, so only items whose approximation reaches that are scored.
 *
 * @param hidden Items to omit; may repeat and be unknown.
 * @param k At least 1.
 * @param reached A score that k items reach, if one is known.
 */
export function rankSum(
  scores: ApproximateScores,
  hidden: Uint32Array,
  k: number,
  reached = -Infinity,
): Ranked {
  return hiding(hidden, scores.addends, () => {
    const least = reached > -Infinity ? reached : leastAmong(promising(scores, k), scores, k);
    const { items, scores: lazyScores } = narrow(scores, above(scores, almost(least)), k);
    return topAmong({ items, scores: scores.exact(items, lazyScores) }, k);
  });
}

/** More than the relative rounding errors of a few operations. */
const ROUNDING = 2 ** -20;

/** A little less than a score: what it may be rounded to in an approximation. */
export function almost(score: number): number {
  return score - ROUNDING * Math.abs(score);
}

/** Items with large addends: at least k of them, or all items if they are fewer. */
function promising({ addends, likely, lazy }: ApproximateScores, k: number): Uint32Array {
  if (!likely) return topK(addends, k).indices;
  return topOfLists(addends, likely, k) ?? topOrLongest(addends, lazy, k);
}

/** Above this share of hidden items it takes less time to copy and restore all addends. */
const MOST_RESTORED = 1 / 8;

/** Runs a function while the addends of hidden items are `-Infinity`. */
export function hiding<Result>(
  hidden: Uint32Array,
  addends: Float32Array,
  run: () => Result,
): Result {
  if (hidden.length > MOST_RESTORED * addends.length) {
    const before = addends.slice();
    for (let i = 0; i < hidden.length; i++) addends[hidden[i]] = -Infinity;
    const result = run();
    addends.set(before);
    return result;
  }
  const before = new Float32Array(hidden.length);
  for (let i = 0; i < hidden.length; i++) {
    before[i] = addends[hidden[i]];
    if (hidden[i] < addends.length) addends[hidden[i]] = -Infinity;
  }
  const result = run();
  // Backwards, because an item may be hidden twice.
  for (let i = hidden.length - 1; i >= 0; i--) addends[hidden[i]] = before[i];
  return result;
}

const distinct = new DistinctItems();

/** The items with the largest addends in each list; undefined if they are fewer than k. */
export function topOfLists(
  addends: Float32Array,
  lists: readonly Uint32Array[],
  k: number,
): Uint32Array | undefined {
  for (const list of lists) {
    const { indices } = topOfSome(addends, list, k);
    for (let i = 0; i < indices.length; i++) distinct.add(indices[i]);
  }
  const found = distinct.take();
  return found.length >= k ? found : undefined;
}

/** The k-th best score of some items, which k items reach; `-Infinity` if they are fewer. */
export function leastAmong(
  items: Uint32Array,
  { exact }: Pick<ApproximateScores, "exact">,
  k: number,
): number {
  const best = topAmong({ items, scores: exact(items) }, k);
  return best.indices.length < k ? -Infinity : best.scores[k - 1];
}

/** Enough items to try if lists of likely ones don't have them. */
function topOrLongest(addends: Float32Array, lazy: LazyScores | undefined, k: number): Uint32Array {
  const longest = lazy?.longest.filter((item) => addends[item] > -Infinity) ?? [];
  return Uint32Array.from(new Set([...topK(addends, k).indices, ...longest]));
}

/** If more items per place of the list can reach it, their approximations tell which can't. */
const NARROWED_PER_PLACE = 8;

/** Leaves out items whose approximations are so small that they can't be among the top k. */
function narrow(
  { addends, factor, tolerance }: ApproximateScores,
  found: Reaching,
  k: number,
): Reaching {
  const { items, scores: lazyScores } = found;
  if (items.length <= NARROWED_PER_PLACE * k) return found;
  const sums = new Float32Array(items.length);
  for (let i = 0; i < items.length; i++) {
    sums[i] = addends[items[i]] + (lazyScores ? Math.fround(factor * lazyScores[i]) : 0);
  }
  const least = almost(topAmong({ items, scores: sums }, k).scores[k - 1]) - 2 * tolerance;
  return {
    items: items.filter((_, i) => sums[i] >= least),
    scores: lazyScores?.filter((_, i) => sums[i] >= least),
  };
}

/** Items that can reach a score, and their scores by the other model, if there is one. */
interface Reaching {
  readonly items: Uint32Array;
  readonly scores?: Float32Array;
}

/** The items whose approximations can reach a score. */
function above(
  { addends, touched, lazy, factor, constant, tolerance }: ApproximateScores,
  least: number,
): Reaching {
  const threshold = least - constant - tolerance;
  if (lazy) return lazy.above({ addends, touched, factor, threshold });
  const items = new Uint32Array(addends.length);
  let count = 0;
  for (let item = 0; item < addends.length; item++) {
    if (addends[item] >= threshold && addends[item] > -Infinity) items[count++] = item;
  }
  return { items: items.subarray(0, count) };
}
