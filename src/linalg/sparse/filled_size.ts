import type { Csr } from "./csr.ts";

/** The size of a sparse matrix without the rows and columns that are empty. */
export interface FilledSize {
  readonly rows: number;
  readonly columns: number;
  /** Share of these rows' and columns' cells that hold an entry; 0 without any. */
  readonly density: number;
}

/**
 * Counts rows and columns with at least one entry.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // [1 0 0]
 * // [1 0 1]
 * const size = filledSize({
 *   rows: 2,
 *   columns: 3,
 *   indptr: Uint32Array.of(0, 1, 3),
 *   indices: Uint32Array.of(0, 0, 2),
 *   values: Float32Array.of(1, 1, 1),
 * });
 * assertEquals(size, { rows: 2, columns: 2, density: 0.75 });
 * ```
 */
export function filledSize({ columns, indptr, indices }: Csr): FilledSize {
  const isFilled = new Uint8Array(columns);
  for (const column of indices) isFilled[column] = 1;
  const filledColumns = isFilled.reduce((count, filled) => count + filled, 0);
  let filledRows = 0;
  for (let row = 1; row < indptr.length; row++) {
    if (indptr[row] > indptr[row - 1]) filledRows++;
  }
  const density = indices.length === 0 ? 0 : indices.length / (filledRows * filledColumns);
  return { rows: filledRows, columns: filledColumns, density };
}
