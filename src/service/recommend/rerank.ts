import type { Ranked } from "../../linalg/top_k.ts";

/** How a list is made of more candidates than it has places. */
export interface RerankOptions {
  /** How many places. */
  k: number;
  /** From 0, the order of the scores, to 1, nothing but variety. */
  diversity: number;
  /** How alike two items are, from -1 to 1. */
  similarity(a: number, b: number): number;
  /** How often an item was shown lately. */
  timesShown?(item: number): number;
}

/**
 * Picks items one after another by maximal marginal relevance (Carbonell and Goldstein 1998):
 *
 *   argmaxᵢ (1 − diversity)·relᵢ − diversity · maxⱼ sim(i, j),   j chosen already
 *
 * relᵢ is the score on a scale from 0 (the last candidate) to 1 (the first), halved for every time that the
 * item was shown lately. Of equal ones the better candidate comes first. Takes O(k × candidates) similarities.
 *
 * @param candidates Best first.
 * @returns The items in the new order with their scores as they were.
 */
export function rerank(
  { indices, scores }: Ranked,
  { k, diversity, similarity, timesShown = () => 0 }: RerankOptions,
): Ranked {
  const range = scores[0] - scores[scores.length - 1] || 1;
  const relevance = Float64Array.from(
    indices,
    (item, i) => (1 - (scores[0] - scores[i]) / range) * 2 ** -timesShown(item),
  );
  const closest = new Float64Array(indices.length);
  const left = new Set(indices.keys());
  const chosen: number[] = [];
  while (chosen.length < k && left.size > 0) {
    let best = -1, bestValue = -Infinity;
    for (const i of left) {
      const value = (1 - diversity) * relevance[i] - diversity * closest[i];
      if (value > bestValue) [best, bestValue] = [i, value];
    }
    chosen.push(best);
    left.delete(best);
    if (diversity === 0) continue;
    for (const i of left) {
      const alike = similarity(indices[i], indices[best]);
      closest[i] = chosen.length === 1 ? alike : Math.max(closest[i], alike);
    }
  }
  return {
    indices: Uint32Array.from(chosen, (i) => indices[i]),
    scores: Float32Array.from(chosen, (i) => scores[i]),
  };
}
