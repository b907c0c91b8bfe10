import { narrowest, readWholeNumbers, type WholeNumbers } from "./narrow.ts";
import { readTensor, tensor, type Tensors } from "./tensor.ts";
import { ByteWriter, countVarints } from "./varint.ts";

/**
 * Where consecutive parts start, as a tensor of their lengths, which takes fewer bits per part.
 *
 * @param starts Ascending from 0; the last entry is the end of the last part.
 */
export function startsToTensors(name: string, starts: Uint32Array): Tensors {
  return lengthsToTensors(name, lengthsOf(starts));
}

/**
 * Restores the starts that {@linkcode startsToTensors} saved.
 *
 * @param end Where the last part must end. Default anywhere.
 * @throws {TypeError} If the tensor is missing or has another type.
 * @throws {RangeError} If the last part ends elsewhere, or numbers of variable length are damaged.
 */
export function startsFromTensors(tensors: Tensors, name: string, end?: number): Uint32Array {
  const varints = `${name}Varints`;
  const starts = varints in tensors
    ? startsOfVarints(varints, readTensor(tensors, varints, Uint8Array).data)
    : startsOf(readWholeNumbers(tensors, name), name);
  if (end !== undefined) checkSum(name, starts[starts.length - 1], end);
  return starts;
}

/**
 * Checks the sum of lengths.
 *
 * @throws {RangeError} If it isn't `end`; names the tensor.
 */
export function checkSum(name: string, sum: number, end: number): void {
  if (sum !== end) throw new RangeError(`${name} must sum to ${end}, the sum is ${sum}`);
}

/**
 * Lengths as a tensor, in whichever form is smaller: `name`, with the same number of bits for each,
 * or `nameVarints`, where a few long parts don't make the short ones longer.
 */
export function lengthsToTensors(name: string, lengths: WholeNumbers): Tensors {
  const plain = { [name]: tensor(lengths) };
  if (lengths instanceof Uint8Array) return plain;
  const writer = new ByteWriter();
  for (let part = 0; part < lengths.length; part++) writer.varint(lengths[part]);
  if (writer.length >= lengths.byteLength) return plain;
  return { [`${name}Varints`]: tensor(writer.bytes()) };
}

/**
 * Restores the lengths that {@linkcode lengthsToTensors} saved, without copying plain ones.
 *
 * @throws {TypeError} If the tensor is missing or has another type.
 * @throws {RangeError} If numbers of variable length are damaged.
 */
export function lengthsFromTensors(tensors: Tensors, name: string): WholeNumbers {
  const isPlain = !(`${name}Varints` in tensors);
  return isPlain ? readWholeNumbers(tensors, name) : lengthsOf(startsFromTensors(tensors, name));
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
  for (let part = 0; part < lengths.length; part++) lengths[part] = starts[part + 1] - starts[part];
  return narrowest(lengths);
}

/**
 * The inverse of {@linkcode lengthsOf}.
 *
 * @param name What errors call the lengths.
 * @throws {RangeError} If the sum has more than 32 bits.
 */
export function startsOf(lengths: WholeNumbers, name = "lengths"): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1);
  let start = 0;
  for (let part = 0; part < lengths.length; part++) {
    start += lengths[part];
    starts[part + 1] = start;
  }
  return fitting(name, starts, start);
}

/**
 * The starts, if they could be stored.
 *
 * @param end The last one, before it was stored.
 */
function fitting(name: string, starts: Uint32Array, end: number): Uint32Array {
  if (end < 2 ** 32) return starts;
  throw new RangeError(`${name} must sum to less than 2³², the sum is ${end}`);
}

/**
 * {@linkcode startsOf} lengths of a variable number of bytes.
 *
 * @throws {RangeError} If the last length is cut off, or the sum has more than 32 bits.
 */
function startsOfVarints(name: string, bytes: Uint8Array): Uint32Array {
  if (bytes[bytes.length - 1] >= 128) {
    throw new RangeError(`${name} must end with a whole number, its last one is cut off`);
  }
  const starts = new Uint32Array(countVarints(bytes, 0, bytes.length) + 1);
  let start = 0;
  for (let part = 1, at = 0; part < starts.length; part++) {
    let byte = bytes[at++];
    start += byte & 127;
    for (let unit = 128; byte >= 128; unit *= 128) {
      byte = bytes[at++];
      start += (byte & 127) * unit;
    }
    starts[part] = start;
  }
  return fitting(name, starts, start);
}
