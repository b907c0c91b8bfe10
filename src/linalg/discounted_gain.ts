/**
 * The gain of a relevant item at a rank: 1 / log₂(rank + 1) (Järvelin and Kekäläinen 2002).
 *
 * @param rank From 1.
 */
export function discount(rank: number): number {
  return 1 / Math.log2(rank + 1);
}

/**
 * The discounted gain of the ideal list, which has all its hits at the top.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(idealGain(2), 1 + 1 / Math.log2(3));
 * ```
 */
export function idealGain(hits: number): number {
  let gain = 0;
  for (let rank = 1; rank <= hits; rank++) gain += discount(rank);
  return gain;
}
