/** Positions grouped by key: those of key `k` are from `indptr[k]` up to `indptr[k + 1]`, ascending. */
export interface GroupedPositions {
  /** Where each group begins; keys + 1 entries. */
  readonly indptr: Uint32Array;
  readonly positions: Uint32Array;
}

/**
 * Groups the positions of an array by what stands there, by counting sort.
 *
 * @param keys Whole numbers below `size`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(groupPositions(Uint32Array.of(2, 0, 2), 3), {
 *   indptr: Uint32Array.of(0, 1, 1, 3),
 *   positions: Uint32Array.of(1, 0, 2),
 * });
 * ```
 */
export function groupPositions(keys: Uint32Array, size: number): GroupedPositions {
  const indptr = new Uint32Array(size + 1);
  for (const key of keys) indptr[key + 1]++;
  for (let k = 0; k < size; k++) indptr[k + 1] += indptr[k];
  const next = indptr.slice(0, size);
  const positions = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) positions[next[keys[i]]++] = i;
  return { indptr, positions };
}
