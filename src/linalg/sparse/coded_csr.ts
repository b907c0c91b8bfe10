import { startsFromTensors, startsToTensors } from "../lengths.ts";
import { narrow, type WholeNumbers } from "../narrow.ts";
import { readScalar, readTensor, scalar, tensor, type Tensors } from "../tensor.ts";
import { ByteWriter, countVarints } from "../varint.ts";
import type { Csr } from "./csr.ts";

/**
 * A sparse matrix in which few values differ, like the ratings of a shop: entry `p` has the value
 * `values[codes[p]]`. It takes 5 bytes per entry where {@linkcode Csr} takes 8.
 */
export interface CodedCsr extends Pick<Csr, "rows" | "columns" | "indptr" | "indices"> {
  readonly codes: WholeNumbers;
  /** The different values, the most frequent first; at most 65,536. */
  readonly values: Float32Array;
}

/** A {@linkcode CodedCsr} in 2 to 3 bytes per entry: its rows can't be read one by one. */
export interface PackedCodes extends Pick<CodedCsr, "rows" | "columns" | "values"> {
  /** The first byte of each row; rows + 1 entries. */
  readonly starts: Uint32Array;
  /** For each entry the distance from the column before it and its code, as varints. */
  readonly bytes: Uint8Array;
}

/** What a code of 16 bits can tell apart. */
const MOST_VALUES = 1 << 16;

/** Bits of a number's fraction in single precision. */
const FRACTION_BITS = 23;

/**
 * Packs a matrix. If more than 65,536 of its values differ, all are rounded to as many bits as
 * leave no more: ratings that decay with time keep twelve bits or so.
 */
export function packCodes({ rows, columns, indptr, indices, values: exact }: Csr): PackedCodes {
  const { numbers, values } = fewNumbers(exact);
  const codeOf = new Map(Array.from(values, (value, code) => [value, code]));
  const starts = new Uint32Array(rows + 1);
  const writer = new ByteWriter();
  for (let row = 0; row < rows; row++) {
    let column = 0;
    for (let p = indptr[row]; p < indptr[row + 1]; p++) {
      writer.varint(indices[p] - column);
      writer.varint(codeOf.get(numbers[p])!);
      column = indices[p];
    }
    starts[row + 1] = writer.length;
  }
  return { rows, columns, values, starts, bytes: writer.bytes() };
}

/** Numbers, rounded if too many differ, and the different ones, the most frequent first. */
function fewNumbers(exact: Float32Array): { numbers: Float32Array; values: Float32Array } {
  for (let bits = FRACTION_BITS;; bits--) {
    const numbers = bits === FRACTION_BITS ? exact : rounded(exact, bits);
    const counts = new Map<number, number>();
    for (let i = 0; i < numbers.length && counts.size <= MOST_VALUES; i++) {
      counts.set(numbers[i], (counts.get(numbers[i]) ?? 0) + 1);
    }
    if (counts.size > MOST_VALUES) continue;
    const values = Float32Array.from(
      [...counts].sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || a - b),
      ([value]) => value,
    );
    return { numbers, values };
  }
}

/** Numbers with the fraction rounded to some bits. */
function rounded(numbers: Float32Array, bits: number): Float32Array {
  const copy = numbers.slice();
  const words = new Uint32Array(copy.buffer);
  const unit = 2 ** (FRACTION_BITS - bits);
  for (let i = 0; i < words.length; i++) words[i] = Math.round(words[i] / unit) * unit;
  return copy;
}

/** The matrix with its columns and codes. */
export function unpackCodes({ rows, columns, starts, bytes, values }: PackedCodes): CodedCsr {
  const entries = countVarints(bytes, 0, bytes.length) / 2;
  const indptr = new Uint32Array(rows + 1);
  const indices = new Uint32Array(entries), codes = new Uint32Array(entries);
  let at = 0, position = 0;
  function next(): number {
    let byte = bytes[at++];
    let number = byte & 127;
    for (let shift = 7; byte >= 128; shift += 7) {
      byte = bytes[at++];
      number |= (byte & 127) << shift;
    }
    return number;
  }
  for (let row = 0; row < rows; row++) {
    for (let column = 0; at < starts[row + 1]; position++) {
      column += next();
      indices[position] = column;
      codes[position] = next();
    }
    indptr[row + 1] = position;
  }
  return { rows, columns, indptr, indices, codes: narrow(codes, values.length), values };
}

/** The matrix as tensors `bytes`, `lengths` (bytes of each row), `values` and `columns`. */
export function codesToTensors({ columns, starts, bytes, values }: PackedCodes): Tensors {
  return {
    bytes: tensor(bytes),
    ...startsToTensors("lengths", starts),
    values: tensor(values),
    columns: scalar(columns),
  };
}

/**
 * Restores the matrix that {@linkcode codesToTensors} saved, without copying the bytes.
 *
 * @throws {TypeError} If a tensor is missing or has another type.
 * @throws {RangeError} If the tensors don't fit together.
 */
export function codesFromTensors(tensors: Tensors): PackedCodes {
  const bytes = readTensor(tensors, "bytes", Uint8Array).data;
  const starts = startsFromTensors(tensors, "lengths", bytes.length);
  return {
    rows: starts.length - 1,
    columns: readScalar(tensors, "columns"),
    values: readTensor(tensors, "values", Float32Array).data,
    starts,
    bytes,
  };
}
