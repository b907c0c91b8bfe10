import type { Csr } from "./csr.ts";
import { createSpace, placeCsr, type Space } from "./kernels/space.ts";

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
export function normalProduct(matrix: Csr, q: Float64Array, width: number): Float64Array {
  const space = createSpace();
  return space ? compiledProduct(space, matrix, q, width) : plainNormalProduct(matrix, q, width);
}

/** Rows of one call of the kernel. */
const PIECE = 4096;

function compiledProduct(
  space: Space,
  matrix: Csr,
  q: Float64Array,
  width: number,
): Float64Array {
  const { indptr, indices, values } = placeCsr(space, matrix);
  const from = space.doubles(q.length), to = space.doubles(q.length);
  from.set(q);
  const projected = space.doubles(width);
  // In pieces: while one runs, the runtime goes on to optimise the kernel, and uses that from the next on.
  for (let row = 0; row < matrix.rows; row += PIECE) {
    space.kernels.addNormalProduct(
      indptr.byteOffset + 4 * row,
      indices.byteOffset,
      values.byteOffset,
      Math.min(PIECE, matrix.rows - row),
      from.byteOffset,
      width,
      to.byteOffset,
      projected.byteOffset,
    );
  }
  return to.slice();
}

/** The same to the last bit in plain code: an oracle, and what runs without WebAssembly. */
export function plainNormalProduct(
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
