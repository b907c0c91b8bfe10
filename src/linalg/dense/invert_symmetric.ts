/**
 * The inverse of a symmetric positive definite matrix, in place, by Gauss-Jordan elimination
 * without pivoting, which such a matrix doesn't need. Takes O(rows³).
 *
 * @param options `least`: pivots up to this number are rounding errors.
 * @returns Whether it could be inverted; if not, its content means nothing.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // [4 2; 2 4]⁻¹ = [4 −2; −2 4] / 12
 * const matrix = [Float64Array.of(4, 2), Float64Array.of(2, 4)];
 * assertEquals(invertSymmetric(matrix), true);
 * assertEquals(matrix.map((row) => row.map((value) => Math.round(12 * value))), [
 *   Float64Array.of(4, -2),
 *   Float64Array.of(-2, 4),
 * ]);
 * assertEquals(invertSymmetric([Float64Array.of(1, 1), Float64Array.of(1, 1)]), false);
 * ```
 */
export function invertSymmetric(
  matrix: readonly Float64Array[],
  { least = 0, progress = () => {} }: {
    least?: number;
    progress?: (done: number) => void;
  } = {},
): boolean {
  const size = matrix.length;
  for (let k = 0; k < size; k++) {
    const pivotRow = matrix[k];
    const pivot = pivotRow[k];
    if (!(pivot > least)) return false;
    pivotRow[k] = 1;
    for (let j = 0; j < size; j++) pivotRow[j] /= pivot;
    for (let i = 0; i < size; i++) {
      const row = matrix[i];
      const factor = row[k];
      if (i === k || factor === 0) continue;
      row[k] = 0;
      for (let j = 0; j < size; j++) row[j] -= factor * pivotRow[j];
    }
    progress((k + 1) / size);
  }
  return true;
}
