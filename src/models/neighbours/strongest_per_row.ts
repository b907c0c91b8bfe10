import type { Progress } from "../../base/progress.ts";
import { type Csr, csrOfRows, type SparseRow } from "../../linalg/sparse/csr.ts";
import { forEachInRow, type PackedCsr } from "../../linalg/sparse/packed_csr.ts";
import { type Ranked, topK } from "../../linalg/top_k.ts";

/** How {@linkcode strongestPerRow} computes a matrix that is never stored as a whole. */
export interface RowWise {
  /** Number of rows and of columns. */
  readonly size: number;
  /** Maximum number of entries kept per row. */
  readonly keep: number;
  /** Calls `add` for every part of every entry of a row; parts of one column are summed. */
  accumulate(row: number, add: (column: number, part: number) => void): void;
  /** Turns a sum into an entry; those not above 0 are dropped. Default: the sum itself. */
  finish?(row: number, column: number, sum: number): number;
}

/**
 * Computes a sparse square matrix row by row and keeps the largest entries of each; ties go to the
 * column that was added first. Takes memory for one dense row and the entries kept.
 */
export function strongestPerRow(
  { size, keep, accumulate, finish = (_row, _column, sum) => sum }: RowWise,
  progress: Progress = () => {},
): Csr {
  const sums = new Float64Array(size);
  const marks = new Uint8Array(size);
  const touched = new Uint32Array(size);
  let count = 0;
  const add = (column: number, part: number) => {
    if (marks[column] === 0) {
      marks[column] = 1;
      touched[count++] = column;
    }
    sums[column] += part;
  };
  const values = new Float32Array(size);
  const rows: SparseRow[] = [];
  for (let row = 0; row < size; row++) {
    count = 0;
    accumulate(row, add);
    for (let i = 0; i < count; i++) {
      const column = touched[i];
      const value = finish(row, column, sums[column]);
      values[i] = value > 0 ? value : -Infinity;
      sums[column] = marks[column] = 0;
    }
    rows.push(strongest(touched, values.subarray(0, count), keep));
    progress((row + 1) / size);
  }
  return csrOfRows(rows, size);
}

/** The `keep` largest values, in the order of their columns. */
function strongest(touched: Uint32Array, values: Float32Array, keep: number): SparseRow {
  const { indices, scores } = values.length > keep ? topK(values, keep) : positive(values);
  return inColumnOrder({ indices: indices.map((position) => touched[position]), scores });
}

/** Puts ranked columns in their order. */
export function inColumnOrder({ indices, scores }: Ranked): SparseRow {
  // One number per entry sorts by column, then by rank, exactly up to 2⁵³.
  const keys = new Float64Array(indices.length);
  for (let i = 0; i < keys.length; i++) keys[i] = indices[i] * keys.length + i;
  keys.sort();
  const columns = new Uint32Array(keys.length);
  const sorted = new Float32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    const rank = keys[i] % keys.length;
    columns[i] = (keys[i] - rank) / keys.length;
    sorted[i] = scores[rank];
  }
  return { indices: columns, values: sorted };
}

/** What {@linkcode topK} keeps of no more values than it may keep, in their order. */
function positive(values: Float32Array): Ranked {
  const indices = new Uint32Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > -Infinity) indices[count++] = i;
  const kept = indices.subarray(0, count);
  return {
    indices: kept,
    scores: count === values.length ? values : values.filter((value) => value > -Infinity),
  };
}

/** scores += factor · row */
export function addRow(
  matrix: Csr | PackedCsr,
  row: number,
  factor: number,
  scores: Float32Array,
): void {
  forEachInRow(matrix, row, (column, value) => {
    scores[column] += factor * value;
  });
}
