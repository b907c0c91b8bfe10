/** The places of items by popularity, from `from` to below `to`. */
export interface PlaceRange {
  readonly from: number;
  readonly to: number;
}

/** How much a query of a range may take. */
export interface RangeLimits {
  /** The most pairs of items that users rated both of; a pair counts once for each user. */
  readonly pairs: number;
  /** The most sums over such pairs, one for each two items. */
  readonly sums: number;
}

/** The condition that a place is in a range. */
export function inRange(place: string, { from, to }: PlaceRange): string {
  return `${place} >= ${from} AND ${place} < ${to}`;
}

/**
 * Divides places into ranges for queries of pairs: one item of a pair is in the range, the other
 * has the same place or an earlier one. So popular items, which have most pairs, have few sums. An
 * item beyond the limits is a range of its own.
 *
 * @param pairs Of the item in each place, the number of its pairs with all items, itself included;
 * those with later places are counted too, so a range has fewer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const ranges = placeRanges(Float64Array.of(9, 4, 3, 3), { pairs: 14, sums: 5 });
 * assertEquals(ranges, [{ from: 0, to: 2 }, { from: 2, to: 3 }, { from: 3, to: 4 }]);
 * ```
 */
export function placeRanges(pairs: Float64Array, limits: RangeLimits): PlaceRange[] {
  const ranges: PlaceRange[] = [];
  let from = 0, pairsIn = 0, sumsIn = 0;
  for (let place = 0; place < pairs.length; place++) {
    const sums = Math.min(pairs[place], place + 1);
    const isFull = pairsIn + pairs[place] > limits.pairs || sumsIn + sums > limits.sums;
    if (place > from && isFull) {
      ranges.push({ from, to: place });
      [from, pairsIn, sumsIn] = [place, 0, 0];
    }
    pairsIn += pairs[place];
    sumsIn += sums;
  }
  return [...ranges, { from, to: pairs.length }];
}
