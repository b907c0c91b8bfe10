/**
 * The Gini coefficient of non-negative values, a measure of inequality: 0 if all are equal, close
 * to 1 if one has everything.
 *
 * @param values In any order, including zeros.
 * @returns `NaN` if there are no values or all are 0.
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
  // G = 2 Σ r·value / (n Σ value) − (n + 1)/n, where r is 1 for the smallest value and n for the
  // largest
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  let total = 0, ranked = 0;
  for (let i = 0; i < n; i++) {
    total += sorted[i];
    ranked += (i + 1) * sorted[i];
  }
  return 2 * ranked / (n * total) - (n + 1) / n;
}
