import { readTensor, type Tensors } from "./tensor.ts";

/** Whole numbers from 0 on, in as many bits as the largest needs. */
export type WholeNumbers = Uint8Array | Uint16Array | Uint32Array;

/**
 * The same numbers in the smallest type that can hold all numbers below a limit; the array itself
 * if that is 32 bits.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(narrow(Uint32Array.of(7, 3), 256), Uint8Array.of(7, 3));
 * ```
 */
export function narrow(values: Uint32Array, limit: number): WholeNumbers {
  if (limit <= 1 << 8) return new Uint8Array(values);
  if (limit <= 1 << 16) return new Uint16Array(values);
  return values;
}

/** The same numbers in the smallest type that can hold the largest of them. */
export function narrowest(values: Uint32Array): WholeNumbers {
  let largest = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > largest) largest = values[i];
  return narrow(values, largest + 1);
}

/**
 * Looks up a tensor of whole numbers of 8, 16 or 32 bits.
 *
 * @throws {TypeError} If it is missing or has another type.
 */
export function readWholeNumbers(tensors: Tensors, name: string): WholeNumbers {
  const data = tensors[name]?.data;
  if (data instanceof Uint8Array || data instanceof Uint16Array) return data;
  return readTensor(tensors, name, Uint32Array).data;
}
