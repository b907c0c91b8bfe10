import type { WholeNumbers } from "../narrow.ts";

/**
 * Positions by key: those of key `k` are `positions[indptr[k]]` up to `positions[indptr[k + 1]]`,
 * ascending.
 */
export interface GroupedPositions {
  /** The start of each group; keys + 1 entries. */
  readonly indptr: Uint32Array;
  readonly positions: Uint32Array;
}

/**
 * The start of each key's group when keys are sorted, from the number of times each occurs.
 *
 * @param keys Whole numbers below `size`; larger ones are ignored.
 * @returns `size` + 1 numbers, the last of which is the number of keys.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(groupStarts(Uint32Array.of(2, 0, 2), 3), Uint32Array.of(0, 1, 1, 3));
 * ```
 */
export function groupStarts(keys: WholeNumbers, size: number): Uint32Array {
  const starts = new Uint32Array(size + 1);
  for (let i = 0; i < keys.length; i++) starts[keys[i] + 1]++;
  for (let key = 0; key < size; key++) starts[key + 1] += starts[key];
  return starts;
}

/**
 * Groups the positions of an array by the key at each position, by counting sort.
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
  const indptr = groupStarts(keys, size);
  const next = indptr.slice(0, size);
  const positions = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) positions[next[keys[i]]++] = i;
  return { indptr, positions };
}
