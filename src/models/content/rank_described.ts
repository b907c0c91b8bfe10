import { type Ranked, topAmong } from "../../linalg/top_k.ts";
import type { DescriptionIndex } from "./description_index.ts";

/** Descriptions and their scores. */
export interface ScoredDescriptions {
  /** Each once. */
  readonly descriptions: Uint32Array;
  /** In the order of the descriptions, above 0. */
  readonly scores: Float32Array;
}

/**
 * The top k products, as {@linkcode topAmong} of all would rank them, when products with the same
 * description score the same: only the products of the best descriptions are looked at.
 *
 * @param scored The descriptions that score above 0; if they have k products that aren't hidden,
 *   worse ones may be left out.
 * @param hidden The products to omit; may repeat, unknown ones are ignored.
 */
export function rankDescribed(
  { indptr, products, descriptionOf }: DescriptionIndex,
  { descriptions, scores }: ScoredDescriptions,
  { hidden, k }: { hidden: Uint32Array; k: number },
): Ranked {
  const isHidden = new Set(hidden);
  // Each has a product, so that these have k that aren't hidden, or there aren't as many.
  const best = topAmong({ items: descriptions, scores }, k + isHidden.size);
  let least = 0;
  for (let i = 0, found = 0; i < best.indices.length && found < k; i++) {
    const d = best.indices[i];
    for (let p = indptr[d]; p < indptr[d + 1]; p++) if (!isHidden.has(products[p])) found++;
    least = best.scores[i];
  }
  const items: number[] = [], itemScores: number[] = [];
  for (let i = 0; i < descriptions.length; i++) {
    if (scores[i] < least) continue;
    const d = descriptions[i];
    for (let p = indptr[d]; p < indptr[d + 1]; p++) {
      if (isHidden.has(products[p])) continue;
      items.push(products[p]);
      itemScores.push(scores[i]);
    }
  }
  if (items.length < k) {
    const isScored = new Set(descriptions);
    for (let item = 0; item < descriptionOf.length && items.length < k; item++) {
      if (isScored.has(descriptionOf[item]) || isHidden.has(item)) continue;
      items.push(item);
      itemScores.push(0);
    }
  }
  const found = { items: Uint32Array.from(items), scores: Float32Array.from(itemScores) };
  return topAmong(found, k);
}
