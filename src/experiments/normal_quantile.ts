/** Beyond this many standard deviations, chances are below what numbers can hold. */
const FARTHEST = 38;

/**
 * The quantile of the standard normal distribution, by bisection of its distribution function.
 *
 * @param share Between 0 and 1.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(normalQuantile(0.975), 1.959963984540054, 1e-12);
 * ```
 */
export function normalQuantile(share: number): number {
  let low = -FARTHEST, high = FARTHEST;
  while (true) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return middle;
    if (normalShare(middle) < share) low = middle;
    else high = middle;
  }
}

/**
 * The standard normal distribution function: near 0 by its power series, far from it by Laplace's
 * continued fraction.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(normalShare(0), 0.5);
 * ```
 */
export function normalShare(z: number): number {
  if (z > 0) return 1 - normalShare(-z);
  const density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  if (z > -3) {
    let term = z, total = z;
    for (let n = 3; Math.abs(term) > 1e-17; n += 2) total += term *= z * z / n;
    return 0.5 + density * total;
  }
  let fraction = 0;
  for (let n = 60; n > 0; n--) fraction = n / (fraction - z);
  return density / (fraction - z);
}
