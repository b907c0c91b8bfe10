/**
 * The shortest decimal that rounds to a 32-bit number, for display and JSON: a price of 5.24 stored
 * in 32 bits reads as 5.239999771118164 in JavaScript's 64 bits.
 *
 * @param value A number that 32 bits represent exactly.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(shortestDecimal(Math.fround(5.24)), 5.24);
 * ```
 */
export function shortestDecimal(value: number): number {
  // Six digits always survive the round trip through 32 bits, nine always suffice.
  for (let digits = 6; digits < 9; digits++) {
    const decimal = Number(value.toPrecision(digits));
    if (Math.fround(decimal) === value) return decimal;
  }
  return Number(value.toPrecision(9));
}
