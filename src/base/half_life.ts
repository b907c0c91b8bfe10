/**
 * Exponential decay: 2^(−age / half-life).
 *
 * @param age At least 0, in the unit of `halfLife`.
 * @param halfLife The age at which the factor is ½, above 0; `Infinity` for no decay.
 * @returns From 0 to 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(decayFactor(14, 7), 0.25);
 * ```
 */
export function decayFactor(age: number, halfLife: number): number {
  return halfLife === Infinity ? 1 : 2 ** (-age / halfLife);
}
