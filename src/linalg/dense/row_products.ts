/** So many rows at a time stay in the processor's cache while all vectors pass over them. */
const BLOCK_ROWS = 64;

/**
 * The products of all rows of a matrix with one vector or several: out = vectors · matrixᵀ. A sum is kept in
 * double precision and runs from the first factor to the last however many vectors there are, so a vector's
 * products are the same alone and among others.
 *
 * @param matrix Row-major, rows × width.
 * @param vectors Row-major, any number × width.
 * @param out Overwritten; row-major, vectors × rows.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const out = new Float32Array(2);
 * rowProducts(Float32Array.of(1, 2, 3, 4), Float64Array.of(10, 1), { width: 2, out });
 * assertEquals(out, Float32Array.of(12, 34));
 * ```
 */
export function rowProducts(
  matrix: Float32Array,
  vectors: Float64Array,
  { width, out }: { width: number; out: Float32Array },
): void {
  const rows = matrix.length / width;
  const count = vectors.length / width;
  for (let start = 0; start < rows; start += BLOCK_ROWS) {
    const block = matrix.subarray(start * width, (start + BLOCK_ROWS) * width);
    for (let v = 0; v < count; v++) {
      const vector = vectors.subarray(v * width, (v + 1) * width);
      multiplyBlock(block, vector, out, v * rows + start);
    }
  }
}

/** Four rows at a time, whose sums don't wait for each other. */
function multiplyBlock(
  block: Float32Array,
  vector: Float64Array,
  out: Float32Array,
  to: number,
): void {
  const width = vector.length;
  let at = 0;
  for (; at + 4 * width <= block.length; at += 4 * width) {
    let sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
    for (let f = 0, p = at; f < width; f++, p++) {
      const factor = vector[f];
      sum0 += block[p] * factor;
      sum1 += block[p + width] * factor;
      sum2 += block[p + 2 * width] * factor;
      sum3 += block[p + 3 * width] * factor;
    }
    out[to++] = sum0;
    out[to++] = sum1;
    out[to++] = sum2;
    out[to++] = sum3;
  }
  for (; at < block.length; at += width) {
    let sum = 0;
    for (let f = 0; f < width; f++) sum += block[at + f] * vector[f];
    out[to++] = sum;
  }
}
