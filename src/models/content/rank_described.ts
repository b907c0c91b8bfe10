import { type Ranked, topAmong, topOfSome } from "../../linalg/top_k.ts";
import type { DescriptionIndex } from "./description_index.ts";

/**
 * The top k products, as {@linkcode topAmong} of all would rank them, when products with the same
 * description score the same: only the products of the best descriptions are looked at.
 *
 * @param scores One per description, at least 0.
 * @param hidden The products to omit; may repeat, unknown ones are ignored.
 */
export function rankDescribed(
  { indptr, products, descriptionOf }: DescriptionIndex,
  scores: Float32Array,
  { hidden, k }: { hidden: Uint32Array; k: number },
): Ranked {
  const isHidden = new Set(hidden);
  const used: number[] = [];
  for (let d = 0; d < scores.length; d++) if (scores[d] > 0) used.push(d);
  // Each has a product, so that these have k that aren't hidden, or there aren't as many.
  const best = topOfSome(scores, Uint32Array.from(used), k + isHidden.size);
  let least = 0;
  for (let i = 0, found = 0; i < best.indices.length && found < k; i++) {
    const d = best.indices[i];
    for (let p = indptr[d]; p < indptr[d + 1]; p++) if (!isHidden.has(products[p])) found++;
    least = best.scores[i];
  }
  const items: number[] = [];
  for (const d of used) {
    if (scores[d] < least) continue;
    for (let p = indptr[d]; p < indptr[d + 1]; p++) {
      if (!isHidden.has(products[p])) items.push(products[p]);
    }
  }
  for (let item = 0; item < descriptionOf.length && items.length < k; item++) {
    if (scores[descriptionOf[item]] === 0 && !isHidden.has(item)) items.push(item);
  }
  return topAmong({
    items: Uint32Array.from(items),
    scores: Float32Array.from(items, (item) => scores[descriptionOf[item]]),
  }, k);
}
