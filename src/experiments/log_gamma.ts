/** From here on, the first terms of Stirling's series are exact to the last digits. */
const LARGE = 15;

/**
 * ln Γ(x), by Stirling's series after shifting x upwards.
 *
 * @param x Above 0.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(logGamma(6), Math.log(120), 1e-12);
 * ```
 */
export function logGamma(x: number): number {
  let shifted = x, product = 1;
  for (; shifted < LARGE; shifted++) product *= shifted;
  const inverse = 1 / shifted, square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
  return (shifted - 0.5) * Math.log(shifted) - shifted + Math.log(2 * Math.PI) / 2 + series -
    Math.log(product);
}
