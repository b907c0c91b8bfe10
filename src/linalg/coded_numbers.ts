import { readTensor, tensor, type Tensors } from "./tensor.ts";

/** Numbers of which few differ: number i is `values[codes[i]]`. */
export interface CodedNumbers {
  readonly codes: Uint8Array;
  /** The different numbers, ascending; at most 256. */
  readonly values: Float32Array;
}

/**
 * Numbers as tensors: if at most 256 differ, `nameCodes` and `nameValues`, with a byte per number,
 * otherwise `name`, unchanged.
 */
export function numbersToTensors(name: string, numbers: Float32Array | CodedNumbers): Tensors {
  const coded = numbers instanceof Float32Array ? encode(numbers) : numbers;
  return coded
    ? { [`${name}Codes`]: tensor(coded.codes), [`${name}Values`]: tensor(coded.values) }
    : { [name]: tensor(numbers as Float32Array) };
}

/**
 * Restores the numbers that {@linkcode numbersToTensors} saved, without copying.
 *
 * @throws {TypeError} If a tensor is missing or has another type.
 */
export function numbersFromTensors(tensors: Tensors, name: string): Float32Array | CodedNumbers {
  if (name in tensors) return readTensor(tensors, name, Float32Array).data;
  return {
    codes: readTensor(tensors, `${name}Codes`, Uint8Array).data,
    values: readTensor(tensors, `${name}Values`, Float32Array).data,
  };
}

function encode(numbers: Float32Array): CodedNumbers | undefined {
  const distinct = new Set<number>();
  for (let i = 0; i < numbers.length && distinct.size <= 256; i++) distinct.add(numbers[i]);
  if (distinct.size > 256) return undefined;
  const values = Float32Array.from(distinct).sort();
  const codeOf = new Map(Array.from(values, (value, code) => [value, code]));
  return { codes: Uint8Array.from(numbers, (number) => codeOf.get(number)!), values };
}
