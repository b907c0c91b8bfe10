/** Values are first sorted into buckets by their first eleven bits: sign, exponent, two digits. */
const BUCKET_SHIFT = 21;
const BUCKETS = 2 ** (32 - BUCKET_SHIFT);

/**
 * The positions of the `k` largest values, ascending. Ties go to the lowest position; `-Infinity`
 * and `NaN` are skipped, so the result may be shorter than `k`. The same set as that of `topK`, in
 * time linear in the values for any `k`, where a heap takes `n log k`.
 *
 * @param k At least 0; more than there are values gives all.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(largest(Float32Array.of(3, 9, 3, 5), 3), Uint32Array.of(0, 1, 3));
 * ```
 */
export function largest(values: Float32Array, k: number): Uint32Array {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  const counts = new Uint32Array(BUCKETS);
  let size = 0;
  for (let i = 0; i < values.length; i++) {
    if (!(values[i] > -Infinity)) continue;
    counts[bucketOf(bits[i])]++;
    size++;
  }
  size = Math.min(k, size);
  const chosen = new Uint32Array(size);
  if (size === 0) return chosen;
  let bucket = BUCKETS - 1, above = 0;
  while (above + counts[bucket] < size) above += counts[bucket--];
  const least = leastIn(values, bits, { bucket, count: counts[bucket], places: size - above });
  let ties = size;
  for (let i = 0; i < values.length; i++) if (values[i] > least) ties--;
  for (let i = 0, filled = 0; filled < size; i++) {
    if (values[i] > least || (values[i] === least && ties-- > 0)) chosen[filled++] = i;
  }
  return chosen;
}

/** In the order of the values: the bits of positive numbers ascend, those of others descend. */
function bucketOf(bits: number): number {
  return (bits < 0 ? ~bits : bits ^ 0x80000000) >>> BUCKET_SHIFT;
}

/** The smallest of the `places` largest values of a bucket, which has `count`. */
function leastIn(
  values: Float32Array,
  bits: Int32Array,
  { bucket, count, places }: { bucket: number; count: number; places: number },
): number {
  const members = new Float32Array(count);
  for (let i = 0, filled = 0; filled < count; i++) {
    if (values[i] > -Infinity && bucketOf(bits[i]) === bucket) members[filled++] = values[i];
  }
  return members.sort()[count - places];
}
