import { readScalar, readTensor, scalar, tensor, type Tensors } from "./tensor.ts";

/**
 * A sparse matrix in compressed rows: row `r` holds `values[p]` at column `indices[p]` for every `p` from
 * `indptr[r]` up to `indptr[r + 1]`. Columns ascend within a row, and none stands twice.
 */
export interface Csr {
  readonly rows: number;
  readonly columns: number;
  /** Where each row begins; rows + 1 entries. */
  readonly indptr: Uint32Array;
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

/**
 * The same matrix with rows and columns exchanged, in time linear in its entries.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert/equals";
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
  const indptr = new Uint32Array(columns + 1);
  for (const column of indices) indptr[column + 1]++;
  for (let c = 0; c < columns; c++) indptr[c + 1] += indptr[c];

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

/** The matrix as tensors `indptr`, `indices`, `values` and `columns`. */
export function csrToTensors({ columns, indptr, indices, values }: Csr): Tensors {
  return {
    indptr: tensor(indptr),
    indices: tensor(indices),
    values: tensor(values),
    columns: scalar(columns),
  };
}

/** Takes back what {@linkcode csrToTensors} gave, without copying it. */
export function csrFromTensors(tensors: Tensors): Csr {
  const indptr = readTensor(tensors, "indptr", Uint32Array).data;
  return {
    rows: indptr.length - 1,
    columns: readScalar(tensors, "columns"),
    indptr,
    indices: readTensor(tensors, "indices", Uint32Array).data,
    values: readTensor(tensors, "values", Float32Array).data,
  };
}
