/**
 * Cholesky factorization A = L·Lᵀ of a symmetric positive definite matrix, in place: the lower
 * triangle of `a` becomes L.
 *
 * @param a Row-major, `size` × `size`; only the lower triangle is read.
 * @throws {RangeError} If a pivot isn't positive, so A isn't positive definite.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const a = Float64Array.of(4, 2, 2, 5);
 * cholesky(a, 2);
 * assertEquals([a[0], a[2], a[3]], [2, 1, 2]);
 * ```
 */
export function cholesky(a: Float64Array, size: number): void {
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      // Lᵢⱼ = (Aᵢⱼ − Σₚ Lᵢₚ·Lⱼₚ) / Lⱼⱼ
      let sum = a[i * size + j];
      for (let p = 0; p < j; p++) sum -= a[i * size + p] * a[j * size + p];
      if (i > j) {
        a[i * size + j] = sum / a[j * size + j];
      } else if (sum > 0) {
        a[j * size + j] = Math.sqrt(sum);
      } else {
        throw new RangeError(
          `Cannot factorize the matrix: pivot ${j} must be positive, got ${sum}`,
        );
      }
    }
  }
}

/**
 * Solves L·Lᵀ·x = b with the factor of {@linkcode cholesky}, in place: `b` becomes x.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const x = Float64Array.of(8, 9);
 * solveCholesky(Float64Array.of(2, 0, 1, 2), x);
 * assertEquals(x, Float64Array.of(1.375, 1.25));
 * ```
 */
export function solveCholesky(factor: Float64Array, b: Float64Array): void {
  const size = b.length;
  for (let i = 0; i < size; i++) {
    let sum = b[i];
    for (let p = 0; p < i; p++) sum -= factor[i * size + p] * b[p];
    b[i] = sum / factor[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = b[i];
    for (let p = i + 1; p < size; p++) sum -= factor[p * size + i] * b[p];
    b[i] = sum / factor[i * size + i];
  }
}
