import { narrow, readWholeNumbers, type WholeNumbers } from "./narrow.ts";
import { tensor, type Tensors } from "./tensor.ts";

/**
 * Where consecutive parts start, as a tensor of their lengths, which takes fewer bits per part.
 *
 * @param starts Ascending from 0; the last entry is the end of the last part.
 */
export function startsToTensors(name: string, starts: Uint32Array): Tensors {
  return { [name]: tensor(lengthsOf(starts)) };
}

/**
 * Restores the starts that {@linkcode startsToTensors} saved.
 *
 * @param end Where the last part must end. Default anywhere.
 * @throws {TypeError} If the tensor is missing or has another type.
 * @throws {RangeError} If the last part ends elsewhere.
 */
export function startsFromTensors(tensors: Tensors, name: string, end?: number): Uint32Array {
  const starts = startsOf(readWholeNumbers(tensors, name));
  const sum = starts[starts.length - 1];
  if (end === undefined || sum === end) return starts;
  throw new RangeError(`${name} must sum to ${end}, the sum is ${sum}`);
}

/**
 * The lengths of consecutive parts.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(lengthsOf(Uint32Array.of(0, 3, 3, 5)), Uint8Array.of(3, 0, 2));
 * assertEquals(startsOf(Uint8Array.of(3, 0, 2)), Uint32Array.of(0, 3, 3, 5));
 * ```
 */
export function lengthsOf(starts: Uint32Array): WholeNumbers {
  const lengths = new Uint32Array(starts.length - 1);
  let longest = 0;
  for (let part = 0; part < lengths.length; part++) {
    lengths[part] = starts[part + 1] - starts[part];
    if (lengths[part] > longest) longest = lengths[part];
  }
  return narrow(lengths, longest + 1);
}

/** The inverse of {@linkcode lengthsOf}. */
export function startsOf(lengths: WholeNumbers): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1);
  for (let part = 0, start = 0; part < lengths.length; part++) {
    start += lengths[part];
    starts[part + 1] = start;
  }
  return starts;
}
