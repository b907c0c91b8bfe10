import type { Csr } from "./csr.ts";
import { columnGram } from "./gram.ts";
import { normalProduct } from "./normal_product.ts";
import { orthonormalize } from "./orthonormalize.ts";
import { createRandom } from "./random.ts";
import { symmetricEigen } from "./symmetric_eigen.ts";

/** How {@linkcode randomizedSvd} approximates. */
export interface RandomizedSvdOptions {
  /** How many singular values; at least 1, at most the smaller side of the matrix. */
  readonly rank: number;
  /** Power iterations, at least 1; more are needed the slower the singular values fall. */
  readonly iterations: number;
  /** Determines the random start. */
  readonly seed: number;
}

/** The half of a truncated SVD, A ≈ U·Σ·Vᵀ, that belongs to the columns of A. */
export interface RightSvd {
  /** Largest first; those of a matrix of lower rank end in zeros. */
  readonly singularValues: Float64Array;
  /** V, row-major, columns of A × rank. Its columns are orthonormal, or zero where the singular value is. */
  readonly rightVectors: Float32Array;
}

/** Columns beyond the rank, which make the ones that count converge sooner. */
const OVERSAMPLING = 10;

/**
 * The largest singular values of a sparse matrix and their right vectors, by randomised subspace iteration on
 * AᵀA (Halko, Martinsson and Tropp 2011, algorithm 4.4), orthonormalised after every product, and the Ritz
 * values of the subspace.
 *
 * Takes O(iterations × (entries × rank + columns × rank²)) and 16 bytes × columns × (rank + 10).
 *
 * @param progress Told the share that is done.
 * @throws {RangeError} If the rank is larger than the matrix allows.
 */
export function randomizedSvd(
  matrix: Csr,
  { rank, iterations, seed }: RandomizedSvdOptions,
  progress: (done: number) => void = () => {},
): RightSvd {
  const largest = Math.min(matrix.rows, matrix.columns);
  if (rank > largest) {
    throw new RangeError(
      `Cannot decompose a ${matrix.rows} × ${matrix.columns} matrix: rank must be at most ${largest}, got ${rank}`,
    );
  }
  const width = Math.min(rank + OVERSAMPLING, largest);
  const random = createRandom(seed);
  let basis: Float64Array = Float64Array.from(
    { length: matrix.columns * width },
    () => random.normal(),
  );
  for (let i = 0; i < iterations; i++) {
    basis = normalProduct(matrix, basis, width);
    orthonormalize(basis, width);
    progress((i + 1) / (iterations + 1));
  }
  orthonormalize(basis, width);
  const svd = ritzVectors(matrix, basis, { width, rank });
  progress(1);
  return svd;
}

/** The singular vectors within a subspace: QᵀAᵀAQ = WΛWᵀ, V = QW, σ = √λ (Rayleigh and Ritz). */
function ritzVectors(
  matrix: Csr,
  basis: Float64Array,
  { width, rank }: { width: number; rank: number },
): RightSvd {
  const projected = columnGram(basis, width, normalProduct(matrix, basis, width));
  const { values, vectors } = symmetricEigen(projected, width);
  const singularValues = values.slice(0, rank).map((value) => Math.sqrt(Math.max(0, value)));
  const rightVectors = new Float32Array(matrix.columns * rank);
  const row = new Float64Array(rank);
  for (let column = 0; column < matrix.columns; column++) {
    row.fill(0);
    for (let i = 0; i < width; i++) {
      const weight = basis[column * width + i];
      for (let f = 0; f < rank; f++) row[f] += weight * vectors[i * width + f];
    }
    rightVectors.set(row, column * rank);
  }
  return { singularValues, rightVectors };
}
