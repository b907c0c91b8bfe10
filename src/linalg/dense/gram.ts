/** Matrices stored row by row; either precision does, sums are always kept in double precision. */
export type Floats = Float32Array | Float64Array;

/**
 * The product AᵀB of two tall matrices with `width` columns each, where it is known to be symmetric: the Gram
 * matrix AᵀA, or AᵀMA for a symmetric M and B = MA. Takes half the work of a general product.
 *
 * @param a Row-major, any number of rows.
 * @param b As many rows; default A.
 * @returns Row-major, width × width.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const a = Float64Array.of(1, 2, 3, 4);
 * assertEquals(columnGram(a, 2), Float64Array.of(1 + 9, 2 + 12, 2 + 12, 4 + 16));
 * ```
 */
export function columnGram(a: Floats, width: number, b: Floats = a): Float64Array {
  const gram = new Float64Array(width * width);
  const rows = a.length / width;
  let row = 0;
  // Four rows at a time: one trip to the Gram matrix then carries four products.
  for (; row + 4 <= rows; row += 4) addFourRows(gram, a, b, row * width, width);
  for (; row < rows; row++) addRow(gram, a, b, row * width, width);
  mirrorLower(gram, width);
  return gram;
}

function addFourRows(gram: Float64Array, a: Floats, b: Floats, at: number, width: number): void {
  for (let i = 0; i < width; i++) {
    const a0 = a[at + i], a1 = a[at + width + i];
    const a2 = a[at + 2 * width + i], a3 = a[at + 3 * width + i];
    for (let j = 0, p = at, to = i * width; j <= i; j++, p++, to++) {
      gram[to] += a0 * b[p] + a1 * b[p + width] + a2 * b[p + 2 * width] + a3 * b[p + 3 * width];
    }
  }
}

function addRow(gram: Float64Array, a: Floats, b: Floats, at: number, width: number): void {
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) gram[i * width + j] += a[at + i] * b[at + j];
  }
}

function mirrorLower(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) matrix[j * size + i] = matrix[i * size + j];
  }
}
