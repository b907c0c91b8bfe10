/**
 * Checks that offsets divide 0 to `end` into `parts` consecutive parts.
 *
 * @throws {RangeError} If they don't; names the array.
 */
export function checkOffsets(
  name: string,
  offsets: Uint32Array,
  { parts, end }: { parts: number; end: number },
): void {
  checkLength(name, offsets, parts + 1);
  let ascending = offsets[0] === 0 && offsets[parts] === end;
  for (let i = 0; i < parts; i++) ascending &&= offsets[i] <= offsets[i + 1];
  if (!ascending) throw new RangeError(`${name} must ascend from 0 to ${end}`);
}

/**
 * Checks the length of an array.
 *
 * @throws {RangeError} If it isn't `length`; names the array.
 */
export function checkLength(
  name: string,
  data: { readonly length: number },
  length: number,
): void {
  if (data.length !== length) {
    throw new RangeError(`${name} must hold ${length} numbers, it holds ${data.length}`);
  }
}

/**
 * Checks that every number is below `limit`.
 *
 * @throws {RangeError} If one isn't; names the array.
 */
export function checkBelow(name: string, numbers: Uint32Array, limit: number): void {
  let largest = -1;
  for (let i = 0; i < numbers.length; i++) if (numbers[i] > largest) largest = numbers[i];
  if (largest >= limit) {
    throw new RangeError(`${name} must hold numbers below ${limit}, it holds ${largest}`);
  }
}
