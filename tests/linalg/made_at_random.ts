import { Matrix } from "ml-matrix";
import type { Csr } from "../../src/linalg/sparse/csr.ts";
import { createRandom } from "../../src/linalg/random.ts";

/** Standard normal numbers. */
export function normals(count: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: count }, () => random.normal());
}

/** A matrix with about `share` of its entries present, whole numbers from 1 to 4. */
export function randomCsr(rows: number, columns: number, share: number, seed: number): Csr {
  const random = createRandom(seed);
  const indptr = [0], indices: number[] = [], values: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (random.next() >= share) continue;
      indices.push(column);
      values.push(1 + random.integer(4));
    }
    indptr.push(indices.length);
  }
  return {
    rows,
    columns,
    indptr: Uint32Array.from(indptr),
    indices: Uint32Array.from(indices),
    values: Float32Array.from(values),
  };
}

/** The matrix as an ml-matrix. */
export function toDense({ rows, columns, indptr, indices, values }: Csr): Matrix {
  const dense = Matrix.zeros(rows, columns);
  for (let row = 0; row < rows; row++) {
    for (let p = indptr[row]; p < indptr[row + 1]; p++) dense.set(row, indices[p], values[p]);
  }
  return dense;
}

/**
 * The largest absolute difference between two lists of numbers; infinite if their lengths differ.
 */
export function largestGap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let gap = 0;
  for (let i = 0; i < a.length; i++) gap = Math.max(gap, Math.abs(a[i] - b[i]));
  return gap;
}
