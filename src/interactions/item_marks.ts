/**
 * One number per item: 1 for those that are listed, 0 for the others.
 *
 * @param items Numbers below `size`, in any order; may repeat.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(markItems(Uint32Array.of(3, 0, 3), 5), Uint8Array.of(1, 0, 0, 1, 0));
 * ```
 */
export function markItems(items: Uint32Array, size: number): Uint8Array {
  const marks = new Uint8Array(size);
  for (let i = 0; i < items.length; i++) marks[items[i]] = 1;
  return marks;
}

/**
 * The items that have a mark, ascending, each once.
 *
 * @param mark Default 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(markedItems(Uint8Array.of(1, 0, 0, 1, 0)), Uint32Array.of(0, 3));
 * assertEquals(markedItems(Uint8Array.of(1, 0, 0, 1, 0), 0), Uint32Array.of(1, 2, 4));
 * ```
 */
export function markedItems(marks: Uint8Array, mark: 0 | 1 = 1): Uint32Array {
  const items = new Uint32Array(marks.length);
  const flip = 1 - mark;
  let count = 0;
  // Without a branch, which processors couldn't predict.
  for (let item = 0; item < marks.length; item++) {
    items[count] = item;
    count += marks[item] ^ flip;
  }
  return items.subarray(0, count);
}
