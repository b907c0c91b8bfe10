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
    const pivot = j * size;
    let square = a[pivot + j];
    for (let p = 0; p < j; p++) square -= a[pivot + p] * a[pivot + p];
    if (!(square > 0)) {
      throw new RangeError(
        `Cannot factorize the matrix: pivot ${j} must be positive, got ${square}`,
      );
    }
    const diagonal = Math.sqrt(square);
    a[pivot + j] = diagonal;
    // Lᵢⱼ = (Aᵢⱼ − Σₚ Lᵢₚ·Lⱼₚ) / Lⱼⱼ, four rows at a time: each step of a sum waits for the one
    // before, but not for other sums. Beyond the last row, the last one is repeated.
    const last = size - 1;
    for (let i = j + 1; i < size; i += 4) {
      const r0 = i * size, r1 = Math.min(i + 1, last) * size;
      const r2 = Math.min(i + 2, last) * size, r3 = Math.min(i + 3, last) * size;
      let s0 = a[r0 + j], s1 = a[r1 + j], s2 = a[r2 + j], s3 = a[r3 + j];
      for (let p = 0; p < j; p++) {
        const value = a[pivot + p];
        s0 -= a[r0 + p] * value;
        s1 -= a[r1 + p] * value;
        s2 -= a[r2 + p] * value;
        s3 -= a[r3 + p] * value;
      }
      a[r0 + j] = s0 / diagonal;
      a[r1 + j] = s1 / diagonal;
      a[r2 + j] = s2 / diagonal;
      a[r3 + j] = s3 / diagonal;
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
