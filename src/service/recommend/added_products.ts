import { type Csr, type SparseRow, transpose } from "../../linalg/sparse/csr.ts";
import { topK } from "../../linalg/top_k.ts";

/** Known products that stand in for an added one. */
const STAND_INS = 20;

/** The share of them that reach the added product's score. */
const REACHING = 1 / 5;

/**
 * Finds, for a product that no model knows, the known products with the most similar descriptions,
 * of which {@linkcode estimateScore} takes its score (k nearest attributes, Gantner et al. 2010).
 *
 * A search takes time linear in the products that share a term.
 *
 * @param products Known products × terms, rows of length 1 or empty.
 * @returns A function that finds up to 20 products, those that share no term omitted.
 */
export function createStandInSearch(products: Csr): (description: SparseRow) => Uint32Array {
  const byTerm = transpose(products);
  const similarities = new Float32Array(products.rows);
  return ({ indices: terms, values }) => {
    similarities.fill(0);
    terms.forEach((term, t) => {
      for (let p = byTerm.indptr[term]; p < byTerm.indptr[term + 1]; p++) {
        similarities[byTerm.indices[p]] += values[t] * byTerm.values[p];
      }
    });
    const { indices, scores } = topK(similarities, STAND_INS);
    return indices.subarray(0, scores.filter((similarity) => similarity > 0).length);
  };
}

/**
 * The score of an added product on the model's own scale: the one that a fifth of its stand-ins
 * reach, with 20 of them the fourth best. The mean of several products varies less than the score
 * of one, so it hardly ever reaches a list. With this quantile new products have about as many
 * places of lists as of what users go on to; `deno task bench:arrivals` measures both.
 *
 * @param scoreOf The score of a known product.
 * @returns `-Infinity` without stand-ins.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const scores = [0.5, 0.1, 0.4, 0.2, 0.3, 0.9, 0.6, 0.8, 0.7, 1];
 * const scoreOf = (item: number) => scores[item];
 * assertEquals(estimateScore(Uint32Array.of(0, 1, 2, 3, 4), scoreOf), 0.5);
 * assertEquals(estimateScore(Uint32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), scoreOf), 0.9);
 * assertEquals(estimateScore(new Uint32Array(0), scoreOf), -Infinity);
 * ```
 */
export function estimateScore(standIns: Uint32Array, scoreOf: (item: number) => number): number {
  const count = standIns.length;
  if (count === 0) return -Infinity;
  const scores = new Float64Array(count);
  for (let i = 0; i < count; i++) scores[i] = scoreOf(standIns[i]);
  return scores.sort()[count - Math.ceil(count * REACHING)];
}
