import { largestOf, toUnits, unitFor } from "../fixed_point.ts";
import { startsFromTensors, startsToTensors } from "../lengths.ts";
import { readScalar, readTensor, scalar, tensor, type Tensors } from "../tensor.ts";
import { ByteWriter } from "../varint.ts";
import type { Csr } from "./csr.ts";

/**
 * A sparse matrix in about half the memory of {@linkcode Csr}: an entry is the distance from the
 * column before it, in one byte if it is below 128, and its value in 16 bits, in units of the row
 * (see `unitFor`). Rows are read from their first entry on.
 */
export interface PackedCsr {
  readonly rows: number;
  readonly columns: number;
  /** The first byte of each row; rows + 1 entries. */
  readonly starts: Uint32Array;
  readonly bytes: Uint8Array;
  /** The unit of each row's values. */
  readonly units: Float32Array;
}

/** Packs a matrix. A row with a value that isn't finite has the unit NaN. */
export function packCsr({ rows, columns, indptr, indices, values }: Csr): PackedCsr {
  const starts = new Uint32Array(rows + 1);
  const units = new Float32Array(rows);
  const writer = new ByteWriter();
  for (let row = 0; row < rows; row++) {
    const unit = unitFor(largestOf(values, indptr[row], indptr[row + 1]));
    units[row] = unit;
    let column = 0;
    for (let p = indptr[row]; p < indptr[row + 1]; p++) {
      writer.varint(indices[p] - column);
      writer.int16(toUnits(values[p], unit));
      column = indices[p];
    }
    starts[row + 1] = writer.length;
  }
  return { rows, columns, starts, bytes: writer.bytes(), units };
}

/** The matrix with its columns and values, the latter as they were rounded. */
export function unpackCsr(matrix: Csr | PackedCsr): Csr {
  if (!isPacked(matrix)) return matrix;
  const { rows, columns, bytes } = matrix;
  const indptr = new Uint32Array(rows + 1);
  const most = mostEntries(bytes.length);
  const unpacked = { indices: new Uint32Array(most), values: new Float32Array(most) };
  for (let row = 0; row < rows; row++) {
    indptr[row + 1] = unpackRow(matrix, row, unpacked, indptr[row]);
  }
  return {
    rows,
    columns,
    indptr,
    indices: unpacked.indices.slice(0, indptr[rows]),
    values: unpacked.values.slice(0, indptr[rows]),
  };
}

/** Reads rows of packed matrices one at a time into the same memory, as long as the longest. */
export class RowReader {
  /** The columns of the row that was read last, from the first entry on. */
  indices: Uint32Array = new Uint32Array(0);
  /** The values of that row, each in double precision. */
  values: Float64Array = new Float64Array(0);

  /** Returns the number of entries. */
  read(matrix: PackedCsr, row: number): number {
    const most = mostEntries(matrix.starts[row + 1] - matrix.starts[row]);
    if (most > this.indices.length) {
      this.indices = new Uint32Array(2 * most);
      this.values = new Float64Array(2 * most);
    }
    return unpackRow(matrix, row, this, 0);
  }
}

/** Calls a function for every entry of a row. */
export function forEachInRow(
  matrix: Csr | PackedCsr,
  row: number,
  visit: (column: number, value: number) => void,
): void {
  if (isPacked(matrix)) {
    const reader = new RowReader();
    const count = reader.read(matrix, row);
    for (let p = 0; p < count; p++) visit(reader.indices[p], reader.values[p]);
    return;
  }
  const { indptr, indices, values } = matrix;
  for (let p = indptr[row]; p < indptr[row + 1]; p++) visit(indices[p], values[p]);
}

/** An entry takes at least three bytes. */
function mostEntries(bytes: number): number {
  return Math.floor(bytes / 3);
}

/**
 * Unpacks a row into arrays, from a position on. A function that is called for each entry would
 * take several times as long.
 *
 * @returns The position after the last entry.
 */
function unpackRow(
  { starts, bytes, units }: PackedCsr,
  row: number,
  { indices, values }: { indices: Uint32Array; values: Float32Array | Float64Array },
  position: number,
): number {
  const unit = units[row], end = starts[row + 1];
  let column = 0;
  for (let at = starts[row]; at < end; at += 2) {
    let byte = bytes[at++];
    let gap = byte & 127;
    for (let shift = 7; byte >= 128; shift += 7) {
      byte = bytes[at++];
      gap |= (byte & 127) << shift;
    }
    column += gap;
    indices[position] = column;
    values[position++] = int16At(bytes, at) * unit;
  }
  return position;
}

function int16At(bytes: Uint8Array, at: number): number {
  return ((bytes[at] | bytes[at + 1] << 8) << 16) >> 16;
}

/**
 * The matrix as tensors `bytes`, `lengths` (bytes of each row), `units` and `columns`; packs it if
 * it isn't.
 */
export function csrToTensors(matrix: Csr | PackedCsr): Tensors {
  const { columns, starts, bytes, units } = isPacked(matrix) ? matrix : packCsr(matrix);
  return {
    bytes: tensor(bytes),
    ...startsToTensors("lengths", starts),
    units: tensor(units),
    columns: scalar(columns),
  };
}

/**
 * Restores the matrix that {@linkcode csrToTensors} saved, without copying the tensors; not packed
 * if it comes from an artifact of format version 1.
 *
 * @throws {TypeError} If a tensor is missing or has another type.
 * @throws {RangeError} If the tensors don't fit together.
 */
export function csrFromTensors(tensors: Tensors): Csr | PackedCsr {
  const columns = readScalar(tensors, "columns");
  if ("indptr" in tensors) {
    const indptr = readTensor(tensors, "indptr", Uint32Array).data;
    return {
      rows: indptr.length - 1,
      columns,
      indptr,
      indices: readTensor(tensors, "indices", Uint32Array).data,
      values: readTensor(tensors, "values", Float32Array).data,
    };
  }
  const bytes = readTensor(tensors, "bytes", Uint8Array).data;
  const starts = startsFromTensors(tensors, "lengths", bytes.length);
  const units = readTensor(tensors, "units", Float32Array).data;
  const rows = starts.length - 1;
  if (units.length !== rows) {
    throw new RangeError(`units must hold ${rows} numbers, it holds ${units.length}`);
  }
  return { rows, columns, starts, bytes, units };
}

/** Whether a matrix is packed. */
export function isPacked(matrix: Csr | PackedCsr): matrix is PackedCsr {
  return "bytes" in matrix;
}
