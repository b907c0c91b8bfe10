/**
 * The shortest decimal that stands for a 32-bit number, for people and JSON: a price of 5.24 kept in 32 bits
 * is 5.239999771118164 in the 64 bits of JavaScript.
 *
 * @param value A number that 32 bits hold exactly.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(shortestDecimal(Math.fround(5.24)), 5.24);
 * ```
 */
export function shortestDecimal(value: number): number {
  // Six digits always survive a passage through 32 bits, nine always suffice.
  for (let digits = 6; digits < 9; digits++) {
    const decimal = Number(value.toPrecision(digits));
    if (Math.fround(decimal) === value) return decimal;
  }
  return Number(value.toPrecision(9));
}
