/** The items from `from` to below `to`. */
export interface ItemRange {
  readonly from: number;
  readonly to: number;
}

/** The condition that an item is in a range. */
export function inItems(item: string, { from, to }: ItemRange): string {
  return `${item} >= ${from} AND ${item} < ${to}`;
}

/**
 * Divides the items into ranges; an item that has too many pairs is a range of its own.
 *
 * @param pairs The number of pairs of each item.
 * @param most The most pairs of a range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const ranges = itemRanges(Float64Array.of(3, 4, 9, 1), 8);
 * assertEquals(ranges, [{ from: 0, to: 2 }, { from: 2, to: 3 }, { from: 3, to: 4 }]);
 * ```
 */
export function itemRanges(pairs: Float64Array, most: number): ItemRange[] {
  const ranges: ItemRange[] = [];
  let from = 0, sum = 0;
  for (let item = 0; item < pairs.length; item++) {
    if (item > from && sum + pairs[item] > most) {
      ranges.push({ from, to: item });
      [from, sum] = [item, 0];
    }
    sum += pairs[item];
  }
  return [...ranges, { from, to: pairs.length }];
}
