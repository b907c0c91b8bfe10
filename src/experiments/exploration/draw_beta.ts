/**
 * Draws from the beta distribution, as the share of one gamma variable in the sum of two.
 *
 * @param shapes Above 0.
 * @param draw Draws uniform numbers from 0 to 1, excluding 1.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 *
 * const share = drawBeta([2, 5], Math.random);
 * assert(share > 0 && share < 1);
 * ```
 */
export function drawBeta([a, b]: readonly [a: number, b: number], draw: () => number): number {
  const first = drawGamma(a, draw);
  return first / (first + drawGamma(b, draw));
}

/** Marsaglia and Tsang 2000, "A simple method for generating gamma variables". */
function drawGamma(shape: number, draw: () => number): number {
  // For a shape below 1, their note: a gamma of shape + 1, times a power of a uniform number.
  if (shape < 1) return drawGamma(shape + 1, draw) * (1 - draw()) ** (1 / shape);
  const d = shape - 1 / 3, c = 1 / Math.sqrt(9 * d);
  while (true) {
    const x = drawNormal(draw);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - draw()) < x * x / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Box and Muller 1958. */
function drawNormal(draw: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}
