import type { CodedNumbers } from "../../src/linalg/coded_numbers.ts";

/** The numbers that codes stand for. */
export function decodedNumbers(numbers: Float32Array | CodedNumbers): Float32Array {
  if (numbers instanceof Float32Array) return numbers;
  return Float32Array.from(numbers.codes, (code) => numbers.values[code]);
}
