/** Half-lives after which decay stops, well within the range of 32-bit floats, 2^−126. */
export const MOST_HALF_LIVES = 100;

/**
 * Exponential decay: 2^(−age / half-life), and 2^−100 from 100 half-lives on, so that the oldest
 * events still count, all with the same factor.
 *
 * @param age At least 0, in the unit of `halfLife`.
 * @param halfLife The age at which the factor is ½, above 0; `Infinity` for no decay.
 * @returns From 2^−100 to 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(decayFactor(14, 7), 0.25);
 * ```
 */
export function decayFactor(age: number, halfLife: number): number {
  return halfLife === Infinity ? 1 : 2 ** -Math.min(MOST_HALF_LIVES, age / halfLife);
}
