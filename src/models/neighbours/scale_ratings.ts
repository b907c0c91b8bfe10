import type { CoRatings } from "../../interactions/statistics.ts";
import type { Csr } from "../../linalg/sparse/csr.ts";

/** Co-ratings of some items, scaled so that all are pulled towards zero by the same λ. */
export interface ScaledRatings {
  /** Users × items, or items × items of a Gram matrix. */
  readonly scaled: Csr;
  /** S^½: what each item was divided by. */
  readonly pulls: Float64Array;
}

/**
 * Scales items by their pull, S = diag(G)^frequencyPower:
 *
 *   G + Λ = S^½·(S^−½·G·S^−½ + λI)·S^½,  Λ = λS
 */
export function scaleRatings(
  { kind, matrix }: Pick<CoRatings, "kind" | "matrix">,
  frequencyPower: number,
): ScaledRatings {
  const diagonal = kind === "gram" ? diagonalOf(matrix) : squaredLengths(matrix);
  const pulls = diagonal.map((g) => g ** (frequencyPower / 2));
  const values = new Float32Array(matrix.values.length);
  for (let row = 0; row < matrix.rows; row++) {
    const ofRow = kind === "gram" ? pulls[row] : 1;
    for (let p = matrix.indptr[row]; p < matrix.indptr[row + 1]; p++) {
      values[p] = matrix.values[p] / (ofRow * pulls[matrix.indices[p]]);
    }
  }
  return { scaled: { ...matrix, values }, pulls };
}

/** The diagonal of a square matrix. */
export function diagonalOf({ rows, indptr, indices, values }: Csr): Float64Array {
  const diagonal = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let p = indptr[row]; p < indptr[row + 1]; p++) {
      if (indices[p] === row) diagonal[row] = values[p];
    }
  }
  return diagonal;
}

/** The squared length of each column, the diagonal of G. */
export function squaredLengths({ columns, indices, values }: Csr): Float64Array {
  const squares = new Float64Array(columns);
  for (let p = 0; p < indices.length; p++) squares[indices[p]] += values[p] ** 2;
  return squares;
}
