import type { Csr } from "./csr.ts";

/**
 * A matrix without its empty rows, which shares the other arrays.
 *
 * @returns Also the number that each remaining row had.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // [0 0]
 * // [7 0]
 * const { filled, rows } = filledRows({
 *   rows: 2,
 *   columns: 2,
 *   indptr: Uint32Array.of(0, 0, 1),
 *   indices: Uint32Array.of(0),
 *   values: Float32Array.of(7),
 * });
 * assertEquals(filled.indptr, Uint32Array.of(0, 1));
 * assertEquals(rows, Uint32Array.of(1));
 * ```
 */
export function filledRows(matrix: Csr): { filled: Csr; rows: Uint32Array } {
  const { indptr } = matrix;
  const rows = Uint32Array.from({ length: matrix.rows }, (_, row) => row)
    .filter((row) => indptr[row + 1] > indptr[row]);
  const starts = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => starts[i + 1] = indptr[row + 1]);
  return { filled: { ...matrix, rows: rows.length, indptr: starts }, rows };
}
