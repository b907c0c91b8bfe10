import type { Ranked } from "../../linalg/top_k.ts";
import { calibratedList } from "./calibration.ts";
import type { CategoryShares } from "./category_shares.ts";

/** How a list is selected from more candidates. */
export interface RerankOptions {
  /** Length of the list. */
  k: number;
  /** From 0, ranking by relevance alone, to 1, by variety alone. Default 0. */
  diversity?: number;
  /** The similarity of two items, from -1 to 1. Default 0: all differ. */
  similarity?: (a: number, b: number) => number;
  /** Default none. */
  calibration?: CalibrationOptions;
  /** How often an item was recently shown. Default never. */
  timesShown?: (item: number) => number;
  /** How much an item is like what the user dislikes, from 0 to 1. Default 0. */
  dislike?: (item: number) => number;
}

/** How much a list follows the user's categories. */
export interface CalibrationOptions {
  /** From 0, not at all, to 1, by categories alone. */
  readonly weight: number;
  /** The user's; if there are none, the list isn't calibrated. */
  readonly shares: CategoryShares;
  /** One number per item, 0 for an unknown category. */
  readonly categories: Uint32Array;
}

/**
 * Selects items one by one, those with the highest
 *
 *   (1 − γ) · ((1 − δ)·relᵢ − δ · maxⱼ sim(i, j)) − γ · error(list and i),   j already selected
 *
 * With δ, the diversity, that is maximal marginal relevance (Carbonell and Goldstein 1998); with γ,
 * the weight of the calibration, the greedy calibration of Steck (2018), whose error is that of
 * {@linkcode calibratedList}. relᵢ is the score, scaled from 0 (the last candidate) to 1 (the
 * first), halved each time that the item was recently shown, and multiplied by 1 minus its likeness
 * to what the user dislikes. Ties go to the better candidate.
 * Takes O(k × candidates) similarities.
 *
 * @param candidates Best first.
 * @returns The items in the new order, with their original scores.
 */
export function rerank(
  { indices, scores }: Ranked,
  {
    k,
    diversity = 0,
    similarity = () => 0,
    calibration,
    timesShown = () => 0,
    dislike = () => 0,
  }: RerankOptions,
): Ranked {
  const range = scores[0] - scores[scores.length - 1] || 1;
  const relevance = Float64Array.from(
    indices,
    (item, i) =>
      (1 - (scores[0] - scores[i]) / range) * 2 ** -timesShown(item) * (1 - dislike(item)),
  );
  const closest = new Float64Array(indices.length);
  const remaining = new Set(indices.keys());
  const chosen: number[] = [];
  const { weight: gamma = 0, shares, categories } = calibration ?? {};
  const list = shares && categories && shares.size > 0 && calibratedList(shares, categories);
  while (chosen.length < k && remaining.size > 0) {
    let best = -1, bestValue = -Infinity;
    for (const i of remaining) {
      const varied = (1 - diversity) * relevance[i] - diversity * closest[i];
      const value = list ? (1 - gamma) * varied - gamma * list.errorWith(indices[i]) : varied;
      if (value > bestValue) [best, bestValue] = [i, value];
    }
    chosen.push(best);
    remaining.delete(best);
    if (list) list.add(indices[best]);
    if (diversity === 0) continue;
    for (const i of remaining) {
      const similar = similarity(indices[i], indices[best]);
      closest[i] = chosen.length === 1 ? similar : Math.max(closest[i], similar);
    }
  }
  return {
    indices: Uint32Array.from(chosen, (i) => indices[i]),
    scores: Float32Array.from(chosen, (i) => scores[i]),
  };
}
