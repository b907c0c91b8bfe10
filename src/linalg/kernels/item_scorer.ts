import { compiledItemScorer } from "./compiled_item_scorer.ts";
import type { ItemScorer, ItemVectors } from "./item_vectors.ts";
import { plainItemScorer } from "./plain_item_scorer.ts";
import { createSpace } from "./space.ts";

/**
 * Items to be scored, many at a time. Takes a copy of the vectors, in memory that kernels reach, when first asked
 * for scores: a model that is only trained and saved needs none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const scorer = createItemScorer({ factors: 2, itemFactors: Float32Array.of(1, 0, 0, 1, 1, 1) });
 * const [ranked] = scorer.rank([{ vector: [3, 2] }], [Uint32Array.of(2)], 2);
 * assertEquals(ranked.indices, Uint32Array.of(0, 1));
 * ```
 */
export function createItemScorer(items: ItemVectors): ItemScorer {
  let scorer: ItemScorer | undefined;
  const prepared = () => scorer ??= prepare(items);
  return {
    score: (user, scores) => prepared().score(user, scores),
    scoreSome: (user, items) => prepared().scoreSome(user, items),
    rank: (users, hidden, k) => prepared().rank(users, hidden, k),
  };
}

function prepare(items: ItemVectors): ItemScorer {
  const space = createSpace();
  return space ? compiledItemScorer(space, items) : plainItemScorer(items);
}
