/** The eigendecomposition S = W·Λ·Wᵀ of a symmetric matrix. */
export interface SymmetricEigen {
  /** The eigenvalues, largest first. */
  readonly values: Float64Array;
  /** W, row-major; column i is the eigenvector of the i-th value. */
  readonly vectors: Float64Array;
}

/**
 * The eigendecomposition of a small symmetric matrix, in O(size³). Loads ml-matrix on first use: a
 * service imports models, but doesn't fit any, and starts sooner without it.
 *
 * @param matrix Row-major, size × size.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { values } = await symmetricEigen(Float64Array.of(1, 0, 0, 4), 2);
 * assertEquals(values, Float64Array.of(4, 1));
 * ```
 */
export async function symmetricEigen(matrix: Float64Array, size: number): Promise<SymmetricEigen> {
  const { EigenvalueDecomposition, Matrix } = await import("ml-matrix");
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    Matrix.from1DArray(size, size, matrix),
    { assumeSymmetric: true },
  );
  // ml-matrix sorts in ascending order.
  const values = Float64Array.from(realEigenvalues).reverse();
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      vectors[i * size + j] = eigenvectorMatrix.get(i, size - 1 - j);
    }
  }
  return { values, vectors };
}
