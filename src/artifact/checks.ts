/**
 * Makes sure that offsets are those of `parts` parts that follow each other from 0 to `end`.
 *
 * @throws {RangeError} If they aren't; says which array.
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
 * Makes sure that an array is `length` long.
 *
 * @throws {RangeError} If it isn't; says which array.
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
 * Makes sure that every number is below `limit`.
 *
 * @throws {RangeError} If one isn't; says in which array.
 */
export function checkBelow(name: string, numbers: Uint32Array, limit: number): void {
  let largest = -1;
  for (let i = 0; i < numbers.length; i++) if (numbers[i] > largest) largest = numbers[i];
  if (largest >= limit) {
    throw new RangeError(`${name} must hold numbers below ${limit}, it holds ${largest}`);
  }
}
