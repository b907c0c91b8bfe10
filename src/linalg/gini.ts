/**
 * The Gini coefficient of values of at least 0: how unequal they are. 0 where all are equal, near 1
 * where one has everything.
 *
 * @param values In any order; those of 0 count too.
 * @returns `NaN` where there are none, or all are 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(gini([2, 2, 2]), 0);
 * assertEquals(gini([0, 8, 0, 0]), 0.75);
 * ```
 */
export function gini(values: ArrayLike<number>): number {
  // G = 2 Σ r·value / (n Σ value) − (n + 1)/n, where r is 1 for the least value and n for the
  // greatest
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  let total = 0, ranked = 0;
  for (let i = 0; i < n; i++) {
    total += sorted[i];
    ranked += (i + 1) * sorted[i];
  }
  return 2 * ranked / (n * total) - (n + 1) / n;
}
