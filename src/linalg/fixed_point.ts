/** The largest whole number that a value is stored as. */
const LARGEST = 32_767;

/** The smallest normal number in single precision is 2⁻¹²⁶. */
const LEAST_EXPONENT = -126;

/**
 * The unit in which numbers up to a size are stored as 16-bit whole numbers: the smallest power of
 * two with which they fit. A stored number differs from the original by at most half a unit, 2⁻¹⁵
 * of the largest; being a power of two, the unit makes stored numbers exact in single precision, so
 * that storing them again changes nothing.
 *
 * @param largest The largest absolute value.
 * @returns NaN unless `largest` is finite.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(unitFor(1), 2 ** -14);
 * assertEquals(toUnits(0.3, unitFor(1)), 4915); // 4915 · 2⁻¹⁴ = 0.29999
 * ```
 */
export function unitFor(largest: number): number {
  if (!Number.isFinite(largest)) return NaN;
  if (largest === 0) return 1;
  return 2 ** Math.max(LEAST_EXPONENT, Math.ceil(Math.log2(largest / LARGEST)));
}

/** A value in units, rounded; never to 0, unless it is 0. */
export function toUnits(value: number, unit: number): number {
  return Math.round(value / unit) || Math.sign(value);
}

/** The largest absolute value from `start` up to `end`; NaN if one isn't finite. */
export function largestOf(values: Float32Array, start: number, end: number): number {
  let largest = 0;
  for (let at = start; at < end; at++) {
    const size = Math.abs(values[at]);
    if (!(size < Infinity)) return NaN;
    if (size > largest) largest = size;
  }
  return largest;
}
