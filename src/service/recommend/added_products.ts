import { type Csr, type SparseRow, transpose } from "../../linalg/sparse/csr.ts";
import { topK } from "../../linalg/top_k.ts";

/** Known products that stand in for an added one. */
const NEIGHBORS = 10;

/**
 * Finds, for a product that no model knows, the known products with the most similar descriptions.
 * A model's score of the product is estimated as the mean of their scores, weighted by similarity
 * (k nearest attributes, Gantner et al. 2010): on the model's own scale, so it ranks among them.
 *
 * A search takes time linear in the products that share a term.
 *
 * @param products Known products × terms, rows of length 1 or empty.
 */
export function createStandInSearch(products: Csr): (description: SparseRow) => SparseRow {
  const byTerm = transpose(products);
  const similarities = new Float32Array(products.rows);
  return ({ indices: terms, values }) => {
    similarities.fill(0);
    terms.forEach((term, t) => {
      for (let p = byTerm.indptr[term]; p < byTerm.indptr[term + 1]; p++) {
        similarities[byTerm.indices[p]] += values[t] * byTerm.values[p];
      }
    });
    const { indices, scores } = topK(similarities, NEIGHBORS);
    const similar = scores.filter((similarity) => similarity > 0);
    const sum = similar.reduce((sum, similarity) => sum + similarity, 0);
    return {
      indices: indices.subarray(0, similar.length),
      values: similar.map((similarity) => similarity / sum),
    };
  };
}

/** The weighted mean of the stand-ins' scores; `-Infinity` if there are none. */
export function meanScore(
  { indices, values }: SparseRow,
  scoreOf: (item: number) => number,
): number {
  if (indices.length === 0) return -Infinity;
  let sum = 0;
  for (let i = 0; i < indices.length; i++) sum += values[i] * scoreOf(indices[i]);
  return sum;
}
