import { groupStarts } from "./group_positions.ts";

/**
 * A sparse matrix in compressed row storage: row `r` holds `values[p]` at column `indices[p]` for
 * every `p` from `indptr[r]` up to `indptr[r + 1]`. Columns ascend within a row, without repeats.
 */
export interface Csr {
  readonly rows: number;
  readonly columns: number;
  /** The start of each row; rows + 1 entries. */
  readonly indptr: Uint32Array;
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

/**
 * The transpose of a matrix, in time linear in its entries.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // [0 5]ᵀ   [0]
 * //        = [5]
 * const column = transpose({
 *   rows: 1,
 *   columns: 2,
 *   indptr: Uint32Array.of(0, 1),
 *   indices: Uint32Array.of(1),
 *   values: Float32Array.of(5),
 * });
 * assertEquals(column.indptr, Uint32Array.of(0, 0, 1));
 * ```
 */
export function transpose(matrix: Csr): Csr {
  const { rows, columns, indices, values } = matrix;
  const indptr = groupStarts(indices, columns);
  const next = indptr.slice(0, columns);
  const outIndices = new Uint32Array(indices.length);
  const outValues = new Float32Array(indices.length);
  for (let row = 0; row < rows; row++) {
    for (let p = matrix.indptr[row]; p < matrix.indptr[row + 1]; p++) {
      const to = next[indices[p]]++;
      outIndices[to] = row;
      outValues[to] = values[p];
    }
  }
  return { rows: columns, columns: rows, indptr, indices: outIndices, values: outValues };
}

/** One row of a sparse matrix. */
export interface SparseRow {
  /** Columns, ascending. */
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

/** One row, as a view. */
export function rowOf({ indptr, indices, values }: Csr, row: number): SparseRow {
  const [start, end] = [indptr[row], indptr[row + 1]];
  return { indices: indices.subarray(start, end), values: values.subarray(start, end) };
}

/**
 * A copy of a matrix with some rows replaced and further rows appended, empty unless given.
 *
 * @param rows Number of rows of the copy, at least that of the matrix.
 * @param given Rows of the copy, by row number.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const one = { indices: Uint32Array.of(1), values: Float32Array.of(5) };
 * const none = { rows: 0, columns: 2, indptr: new Uint32Array(1), ...one };
 * assertEquals(rowOf(withRows(none, 3, new Map([[2, one]])), 2), one);
 * ```
 */
export function withRows(
  matrix: Csr,
  rows: number,
  given: ReadonlyMap<number, SparseRow>,
): Csr {
  const changed = Uint32Array.from(given.keys()).sort();
  const indptr = new Uint32Array(rows + 1);
  const { length } = matrix.indices;
  const more = changed.reduce((sum, row) => sum + given.get(row)!.indices.length, 0);
  const indices = new Uint32Array(length + more);
  const values = new Float32Array(length + more);
  let end = 0;
  /** Copies the rows up to one, all at once. */
  function copyRows(from: number, to: number): void {
    const last = Math.min(to, matrix.rows);
    if (from < last) {
      const [first, after] = [matrix.indptr[from], matrix.indptr[last]];
      indices.set(matrix.indices.subarray(first, after), end);
      values.set(matrix.values.subarray(first, after), end);
      for (let row = from; row < last; row++) {
        indptr[row + 1] = end + matrix.indptr[row + 1] - first;
      }
      end += after - first;
    }
    for (let row = Math.max(from, last); row < to; row++) indptr[row + 1] = end;
  }
  let next = 0;
  for (const row of changed) {
    copyRows(next, row);
    const entries = given.get(row)!;
    indices.set(entries.indices, end);
    values.set(entries.values, end);
    end += entries.indices.length;
    indptr[row + 1] = end;
    next = row + 1;
  }
  copyRows(next, rows);
  const { columns } = matrix;
  return { rows, columns, indptr, indices: indices.slice(0, end), values: values.slice(0, end) };
}

/** The matrix of some rows, in their order; `undefined` is an empty row. */
export function csrOfRows(rows: readonly (SparseRow | undefined)[], columns: number): Csr {
  const indptr = new Uint32Array(rows.length + 1);
  for (let r = 0; r < rows.length; r++) indptr[r + 1] = indptr[r] + (rows[r]?.indices.length ?? 0);
  const indices = new Uint32Array(indptr[rows.length]);
  const values = new Float32Array(indptr[rows.length]);
  for (let r = 0; r < rows.length; r++) {
    const row = rows[r];
    if (!row) continue;
    indices.set(row.indices, indptr[r]);
    values.set(row.values, indptr[r]);
  }
  return { rows: rows.length, columns, indptr, indices, values };
}

/** Some rows of a matrix, in the given order. */
export function selectRows({ columns, indptr, indices, values }: Csr, rows: Uint32Array): Csr {
  const starts = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => starts[i + 1] = starts[i] + indptr[row + 1] - indptr[row]);
  const selected = {
    ...{ rows: rows.length, columns, indptr: starts },
    indices: new Uint32Array(starts[rows.length]),
    values: new Float32Array(starts[rows.length]),
  };
  rows.forEach((row, i) => {
    selected.indices.set(indices.subarray(indptr[row], indptr[row + 1]), starts[i]);
    selected.values.set(values.subarray(indptr[row], indptr[row + 1]), starts[i]);
  });
  return selected;
}

/** The dot product of two rows. */
export function dotRows(a: SparseRow, b: SparseRow): number {
  let sum = 0;
  for (let i = 0, j = 0; i < a.indices.length && j < b.indices.length;) {
    if (a.indices[i] < b.indices[j]) i++;
    else if (a.indices[i] > b.indices[j]) j++;
    else sum += a.values[i++] * b.values[j++];
  }
  return sum;
}
