/**
 * A column is dependent if the share of its squared length outside the span of the earlier columns
 * is below this.
 */
const DEPENDENT = 1e-12;

/**
 * The matrix M that makes the columns of a tall matrix Y orthonormal, Y·M = Q, without changing
 * their span: CholeskyQR (Stathopoulos and Wu 2002), M = L⁻ᵀ with L·Lᵀ = YᵀY. The column of M is
 * zero for a column of Y that depends linearly on the earlier ones.
 *
 * One pass loses as many digits as the squared condition number has; two passes are as accurate as
 * Householder reflections (Yamamoto et al. 2015). Takes O(width³).
 *
 * @param gram YᵀY, row-major, width × width.
 * @param projectedOut For each column, the squared length of the part already projected out; a
 *   remainder that is tiny relative to it counts as dependent too. Default 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // Columns (2, 0) and (2, 4).
 * const m = orthonormalizer(Float64Array.of(4, 4, 4, 20), 2);
 * assertEquals(m, Float64Array.of(1 / 2, -1 / 4, 0, 1 / 4));
 * ```
 */
export function orthonormalizer(
  gram: Float64Array,
  width: number,
  projectedOut: Float64Array = new Float64Array(width),
): Float64Array {
  const lower = gram.slice();
  const m = new Float64Array(width * width);
  for (let j = 0; j < width; j++) {
    // lⱼₚ = (gⱼₚ − Σ lⱼ·lₚ) / lₚₚ, with the inverse on the diagonal
    for (let p = 0; p < j; p++) {
      let sum = lower[j * width + p];
      for (let q = 0; q < p; q++) sum -= lower[j * width + q] * lower[p * width + q];
      lower[j * width + p] = sum * lower[p * width + p];
    }
    let remaining = gram[j * width + j];
    for (let p = 0; p < j; p++) remaining -= lower[j * width + p] ** 2;
    const isIndependent = remaining > DEPENDENT * (gram[j * width + j] + projectedOut[j]);
    const inverse = isIndependent ? 1 / Math.sqrt(remaining) : 0;
    lower[j * width + j] = inverse;
    // mᵢⱼ = −(Σ mᵢₚ·lⱼₚ) / lⱼⱼ
    for (let i = 0; i < j; i++) {
      let sum = 0;
      for (let p = i; p < j; p++) sum -= m[i * width + p] * lower[j * width + p];
      m[i * width + j] = sum * inverse;
    }
    m[j * width + j] = inverse;
  }
  return m;
}
