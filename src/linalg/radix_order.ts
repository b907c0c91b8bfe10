/** Four passes, of a byte each. */
const BITS = 8;
const PASSES = 4;
const BUCKETS = 1 << BITS;

/**
 * The positions of scores, the largest first, ties by position, in time linear in their number: a
 * radix sort by the bits of the scores, from the lowest on. Scores of `-Infinity` and `NaN` are
 * left out.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(radixOrder(Float32Array.of(3, -1, NaN, 3, 5)), Uint32Array.of(4, 0, 3, 1));
 * ```
 */
export function radixOrder(scores: Float32Array): Uint32Array {
  const { length } = scores;
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, length);
  const keys = new Uint32Array(length);
  const counts = new Uint32Array(PASSES * BUCKETS);
  let order = new Uint32Array(length);
  let size = 0;
  for (let i = 0; i < length; i++) {
    if (!(scores[i] > -Infinity)) continue;
    // As whole numbers the bits of floating-point numbers have their order, negative ones the
    // reverse. Both zeros are the same.
    const key = scores[i] > 0 ? ~bits[i] & 0x7fff_ffff : scores[i] < 0 ? bits[i] : 0x7fff_ffff;
    keys[i] = key;
    order[size++] = i;
    // A loop over the passes would take twice as long.
    counts[key & 0xff]++;
    counts[BUCKETS + (key >>> BITS & 0xff)]++;
    counts[2 * BUCKETS + (key >>> 2 * BITS & 0xff)]++;
    counts[3 * BUCKETS + (key >>> 3 * BITS)]++;
  }
  let sorted = new Uint32Array(length);
  for (let pass = 0; pass < PASSES && size > 0; pass++) {
    const first = pass * BUCKETS, shift = pass * BITS;
    // All have the same byte.
    if (counts[first + (keys[order[0]] >>> shift & 0xff)] === size) continue;
    for (let byte = 0, end = 0; byte < BUCKETS; byte++) {
      const count = counts[first + byte];
      counts[first + byte] = end;
      end += count;
    }
    for (let i = 0; i < size; i++) {
      const position = order[i];
      sorted[counts[first + (keys[position] >>> shift & 0xff)]++] = position;
    }
    [order, sorted] = [sorted, order];
  }
  return order.subarray(0, size);
}
