import type { Csr } from "../../linalg/sparse/csr.ts";

/** How much the products of a list differ; `undefined` for fewer than two. */
export type Diversity = (ranked: Uint32Array) => number | undefined;

/**
 * Intra-list diversity: 1 minus the mean cosine of all pairs of a list (Ziegler et al. 2005). 0 if
 * all products have the same description, 1 if no two share a term. A product without terms shares
 * none.
 *
 * @param terms Products × terms; each row has norm 1 or 0.
 * @returns A function whose time is linear in the terms of a list.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const diversity = diversityBy({
 *   ...{ rows: 3, columns: 2, indptr: Uint32Array.of(0, 1, 2, 3) },
 *   ...{ indices: Uint32Array.of(0, 0, 1), values: Float32Array.of(1, 1, 1) },
 * });
 * assertEquals([diversity(Uint32Array.of(0, 1)), diversity(Uint32Array.of(0, 2))], [0, 1]);
 * ```
 */
export function diversityBy({ columns, indptr, indices, values }: Csr): Diversity {
  const sum = new Float64Array(columns);
  // Σ_{i≠j} v_i·v_j = |Σ v|² − Σ |v|²
  return (ranked) => {
    let squares = 0, length = 0;
    forEachTerm(ranked, (term, value) => {
      sum[term] += value;
      squares += value * value;
    });
    forEachTerm(ranked, (term) => {
      length += sum[term] * sum[term];
      sum[term] = 0;
    });
    const pairs = ranked.length * (ranked.length - 1);
    return pairs === 0 ? undefined : 1 - (length - squares) / pairs;
  };

  function forEachTerm(ranked: Uint32Array, use: (term: number, value: number) => void): void {
    for (const item of ranked) {
      for (let p = indptr[item]; p < indptr[item + 1]; p++) use(indices[p], values[p]);
    }
  }
}
