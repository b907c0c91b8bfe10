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

/**
 * The score of a product by its stand-ins, on the model's own scale: the one that some of them
 * reach, for a product without events a fifth, with 20 of them the fourth best. The mean of several
 * products varies less than the score of one, so it hardly ever reaches a list. With this quantile
 * new products have about as many places of lists as of what users go on to;
 * `deno task bench:arrivals` measures both.
 *
 * @param scoreOf The score of a known product.
 * @param needed How many of the stand-ins reach it. Default a fifth.
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
export function estimateScore(
  standIns: Uint32Array,
  scoreOf: (item: number) => number,
  needed: number = neededStandIns(standIns.length),
): number {
  const count = standIns.length;
  if (count === 0) return -Infinity;
  const scores = new Float64Array(count);
  for (let i = 0; i < count; i++) scores[i] = scoreOf(standIns[i]);
  return scores.sort()[count - needed];
}
