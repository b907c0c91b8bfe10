/**
 * The whole numbers below `size` that a list lacks, ascending.
 *
 * @param ascending Numbers below `size`, ascending, each once.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(positionsOutside(Uint32Array.of(0, 3), 5), Uint32Array.of(1, 2, 4));
 * ```
 */
export function positionsOutside(ascending: Uint32Array, size: number): Uint32Array {
  const outside = new Uint32Array(size - ascending.length);
  for (let position = 0, at = 0, length = 0; position < size; position++) {
    if (ascending[at] === position) at++;
    else outside[length++] = position;
  }
  return outside;
}
