import { type Csr, type SparseRow, transpose } from "../../linalg/sparse/csr.ts";
import { topK } from "../../linalg/top_k.ts";

/** The most products that stand in for one. */
export const STAND_INS = 20;

/** How many of them reach the score of a product without events. */
export const REACHING = 4;

/**
 * Finds, for a product of which events say nothing or little, the products with the most similar
 * descriptions, of which {@linkcode estimateScore} takes its score (k nearest attributes, Gantner
 * et al. 2010).
 *
 * A search takes time linear in the products that share a term.
 *
 * @param products Known products × terms, rows of length 1 or empty.
 * @param omitted Those that stand in for none. Default all may.
 * @returns A function that finds up to 20 products, those that share no term omitted.
 */
export function createStandInSearch(
  products: Csr,
  omitted: Uint32Array = new Uint32Array(0),
): (description: SparseRow) => Uint32Array {
  const byTerm = transpose(products);
  const similarities = new Float32Array(products.rows);
  return ({ indices: terms, values }) => {
    similarities.fill(0);
    terms.forEach((term, t) => {
      for (let p = byTerm.indptr[term]; p < byTerm.indptr[term + 1]; p++) {
        similarities[byTerm.indices[p]] += values[t] * byTerm.values[p];
      }
    });
    for (const item of omitted) similarities[item] = 0;
    const { indices, scores } = topK(similarities, STAND_INS);
    return indices.subarray(0, scores.filter((similarity) => similarity > 0).length);
  };
}

/**
 * How many of a product's stand-ins must reach a score for the product to have it.
 *
 * @param count How many stand-ins it has.
 * @param reaching How many of 20 must. Default 4.
 */
export function neededStandIns(count: number, reaching: number = REACHING): number {
  return Math.ceil(count * reaching / STAND_INS);
}

const best = new Float64Array(STAND_INS);

/**
 * The score of a product by its stand-ins, on the model's own scale: the one that some of them
 * reach, for a product without events a fifth, with 20 of them the fourth best. The mean of several
 * products varies less than the score of one, so it hardly ever reaches a list. With this quantile
 * new products have about as many places of lists as of what users go on to;
 * `deno task bench:arrivals` measures both.
 *
 * @param scores One per known product.
 * @param needed How many of the stand-ins reach it. Default a fifth.
 * @returns `-Infinity` without stand-ins.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const scores = Float32Array.of(5, 1, 4, 2, 3, 9, 6, 8, 7, 10);
 * assertEquals(estimateScore(Uint32Array.of(0, 1, 2, 3, 4), scores), 5);
 * assertEquals(estimateScore(Uint32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), scores), 9);
 * assertEquals(estimateScore(new Uint32Array(0), scores), -Infinity);
 * ```
 */
export function estimateScore(
  standIns: Uint32Array,
  scores: Float32Array,
  needed: number = neededStandIns(standIns.length),
): number {
  if (standIns.length === 0) return -Infinity;
  // The best so far, descending: a typed array's sort would take ten times as long.
  let count = 0;
  for (let i = 0; i < standIns.length; i++) {
    const score = scores[standIns[i]];
    if (count === needed && score <= best[count - 1]) continue;
    let place = count < needed ? count++ : count - 1;
    for (; place > 0 && best[place - 1] < score; place--) best[place] = best[place - 1];
    best[place] = score;
  }
  return best[needed - 1];
}
