/**
 * The largest of some numbers, in descending order. Selects before it sorts (Hoare 1961), so that
 * it takes time linear in the numbers if only few are wanted.
 *
 * @param values Rearranged.
 * @returns A view of `values`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(largest(Uint32Array.of(5, 1, 9, 7), 2), Uint32Array.of(9, 7));
 * ```
 */
export function largest(values: Uint32Array, count: number): Uint32Array {
  let low = 0, high = values.length - 1;
  // The wanted numbers are all before `low`, or between `low` and `high`.
  while (count < values.length && low < high) {
    const pivot = values[(low + high) >>> 1];
    let left = low, right = high;
    while (left <= right) {
      while (values[left] > pivot) left++;
      while (values[right] < pivot) right--;
      if (left > right) break;
      const value = values[left];
      values[left++] = values[right];
      values[right--] = value;
    }
    if (count <= right + 1) high = right;
    else if (count >= left) low = left;
    else break;
  }
  return values.subarray(0, count).sort().reverse();
}
