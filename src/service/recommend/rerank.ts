import type { Ranked } from "../../linalg/top_k.ts";

/** How a list is selected from more candidates. */
export interface RerankOptions {
  /** Length of the list. */
  k: number;
  /** From 0, ranking by relevance alone, to 1, by variety alone. */
  diversity: number;
  /** The similarity of two items, from -1 to 1. */
  similarity(a: number, b: number): number;
  /** How often an item was recently shown. */
  timesShown(item: number): number;
}

/**
 * Selects items one by one by maximal marginal relevance (Carbonell and Goldstein 1998):
 *
 *   argmaxᵢ (1 − diversity)·relᵢ − diversity · maxⱼ sim(i, j),   j already selected
 *
 * relᵢ is the score, scaled from 0 (the last candidate) to 1 (the first) and halved each time that
 * the item was recently shown. Ties go to the better candidate. Takes O(k × candidates)
 * similarities.
 *
 * @param candidates Best first.
 * @returns The items in the new order, with their original scores.
 */
export function rerank(
  { indices, scores }: Ranked,
  { k, diversity, similarity, timesShown }: RerankOptions,
): Ranked {
  const range = scores[0] - scores[scores.length - 1] || 1;
  const relevance = Float64Array.from(
    indices,
    (item, i) => (1 - (scores[0] - scores[i]) / range) * 2 ** -timesShown(item),
  );
  const closest = new Float64Array(indices.length);
  const remaining = new Set(indices.keys());
  const chosen: number[] = [];
  while (chosen.length < k && remaining.size > 0) {
    let best = -1, bestValue = -Infinity;
    for (const i of remaining) {
      const value = (1 - diversity) * relevance[i] - diversity * closest[i];
      if (value > bestValue) [best, bestValue] = [i, value];
    }
    chosen.push(best);
    remaining.delete(best);
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
