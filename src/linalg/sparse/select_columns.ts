import type { Csr } from "./csr.ts";

/**
 * Some columns of a sparse matrix, in a given order.
 *
 * @param columns The columns to select, without repeats; the first one becomes column 0, and so on.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // [4 5 6], columns 2 and 0: [6 4].
 * const indptr = Uint32Array.of(0, 3), row = Uint32Array.of(0, 1, 2);
 * const matrix = { rows: 1, columns: 3, indptr, indices: row, values: Float32Array.of(4, 5, 6) };
 * const { indices, values } = selectColumns(matrix, Uint32Array.of(2, 0));
 * assertEquals([indices, values], [Uint32Array.of(0, 1), Float32Array.of(6, 4)]);
 * ```
 */
export function selectColumns(matrix: Csr, columns: Uint32Array): Csr {
  const placeOf = new Uint32Array(matrix.columns).fill(columns.length);
  columns.forEach((column, place) => placeOf[column] = place);
  const indptr = new Uint32Array(matrix.rows + 1);
  const indices = new Uint32Array(matrix.indices.length);
  const values = new Float32Array(matrix.indices.length);
  let end = 0;
  for (let row = 0; row < matrix.rows; row++) {
    const entries: { place: number; value: number }[] = [];
    for (let p = matrix.indptr[row]; p < matrix.indptr[row + 1]; p++) {
      const place = placeOf[matrix.indices[p]];
      if (place < columns.length) entries.push({ place, value: matrix.values[p] });
    }
    for (const { place, value } of entries.sort((a, b) => a.place - b.place)) {
      indices[end] = place;
      values[end++] = value;
    }
    indptr[row + 1] = end;
  }
  return {
    rows: matrix.rows,
    columns: columns.length,
    indptr,
    indices: indices.slice(0, end),
    values: values.slice(0, end),
  };
}
