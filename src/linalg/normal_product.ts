import type { Csr } from "./csr.ts";

/**
 * The product AᵀA·Q of a sparse matrix and a dense one, row of A by row, without AᵀA or A·Q ever being held:
 *
 *   Y = Σ_r a_rᵀ·(a_r·Q)
 *
 * Takes O(entries × width) and memory for Y.
 *
 * @param q Row-major, columns of A × `width`.
 * @returns Row-major, columns of A × `width`.
 */
export function normalProduct(
  { rows, indptr, indices, values }: Csr,
  q: Float64Array,
  width: number,
): Float64Array {
  const y = new Float64Array(q.length);
  const projected = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    projected.fill(0);
    for (let p = indptr[row]; p < indptr[row + 1]; p++) {
      const value = values[p];
      for (let f = 0, at = indices[p] * width; f < width; f++) projected[f] += value * q[at++];
    }
    for (let p = indptr[row]; p < indptr[row + 1]; p++) {
      const value = values[p];
      for (let f = 0, at = indices[p] * width; f < width; f++) y[at++] += value * projected[f];
    }
  }
  return y;
}
