import { columnGram } from "./gram.ts";

/** A column of which less than this share is new, compared with the columns before it, counts as dependent. */
const DEPENDENT = 1e-12;

/**
 * Makes the columns of a tall matrix orthonormal, in place, spanning the same space: CholeskyQR (Stathopoulos
 * and Wu 2002), Y = Q·Lᵀ with L·Lᵀ = YᵀY. A column that depends on those before it becomes zero.
 *
 * One pass loses as many digits as the squared condition number has; two passes are as good as Householder's
 * reflections (Yamamoto et al. 2015). Takes O(rows × width²) a pass.
 *
 * @param y Row-major, any number of rows.
 * @param width Columns.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert/equals";
 *
 * const y = Float64Array.of(2, 2, 0, 3);
 * orthonormalize(y, 2);
 * assertEquals(y, Float64Array.of(1, 0, 0, 1));
 * ```
 */
export function orthonormalize(y: Float64Array, width: number): void {
  const factor = columnGram(y, width);
  choleskyOfDependent(factor, width);
  // q·Lᵀ = y by forward substitution, four rows at a time, whose sums don't wait for each other.
  let at = 0;
  for (; at + 4 * width <= y.length; at += 4 * width) substituteFourRows(y, at, factor, width);
  for (; at < y.length; at += width) substituteRow(y, at, factor, width);
}

function substituteFourRows(
  y: Float64Array,
  row0: number,
  factor: Float64Array,
  width: number,
): void {
  const row1 = row0 + width, row2 = row1 + width, row3 = row2 + width;
  for (let j = 0; j < width; j++) {
    let sum0 = y[row0 + j], sum1 = y[row1 + j], sum2 = y[row2 + j], sum3 = y[row3 + j];
    for (let p = 0, from = j * width; p < j; p++) {
      const weight = factor[from++];
      sum0 -= y[row0 + p] * weight;
      sum1 -= y[row1 + p] * weight;
      sum2 -= y[row2 + p] * weight;
      sum3 -= y[row3 + p] * weight;
    }
    const inverse = factor[j * width + j];
    y[row0 + j] = sum0 * inverse;
    y[row1 + j] = sum1 * inverse;
    y[row2 + j] = sum2 * inverse;
    y[row3 + j] = sum3 * inverse;
  }
}

function substituteRow(y: Float64Array, row: number, factor: Float64Array, width: number): void {
  for (let j = 0; j < width; j++) {
    let sum = y[row + j];
    for (let p = 0; p < j; p++) sum -= y[row + p] * factor[j * width + p];
    y[row + j] = sum * factor[j * width + j];
  }
}

/**
 * Factorises a Gram matrix whose columns may depend on each other. The diagonal of the factor is inverted, and
 * zero for dependent columns.
 */
function choleskyOfDependent(gram: Float64Array, size: number): void {
  for (let j = 0; j < size; j++) {
    for (let p = 0; p < j; p++) {
      let sum = gram[j * size + p];
      for (let q = 0; q < p; q++) sum -= gram[j * size + q] * gram[p * size + q];
      gram[j * size + p] = sum * gram[p * size + p];
    }
    let pivot = gram[j * size + j];
    const whole = pivot;
    for (let p = 0; p < j; p++) pivot -= gram[j * size + p] ** 2;
    gram[j * size + j] = pivot > DEPENDENT * whole ? 1 / Math.sqrt(pivot) : 0;
  }
}
