import type { Csr } from "../csr.ts";
import { createSpace, placeCsr } from "./space.ts";

/** The rows of a sparse square matrix that is never held as a whole, one at a time. */
export interface RowSums {
  /** What the row holds in each column touched; whoever has read it sets it to 0 again. */
  readonly sums: Float64Array;
  /** 1 for each column touched; whoever has read the row sets it to 0 again. */
  readonly marks: Uint8Array;
  /** The columns touched, in the order in which they came up. */
  readonly touched: Uint32Array;
  /** Computes a row and says how many columns it touched. */
  compute(row: number): number;
}

/**
 * The rows of AᵀDA without its diagonal, D being diagonal: what items have in common, users counting less or more.
 * Sums are in double precision and in the order of the rows of A, as plain code takes them.
 *
 * @param a Rows × columns.
 * @param transposed Aᵀ.
 * @param damping The diagonal of D.
 * @returns `null` where the runtime can't run kernels.
 */
export function dampedGramRows(a: Csr, transposed: Csr, damping: Float64Array): RowSums | null {
  const space = createSpace();
  if (!space) return null;
  const byRow = placeCsr(space, a), byColumn = placeCsr(space, transposed);
  const factors = space.doubles(damping.length);
  factors.set(damping);
  const sums = space.doubles(a.columns);
  const marks = space.bytes(a.columns);
  const touched = space.integers(a.columns + 1);
  const parameters = [
    byColumn.indptr.byteOffset,
    byColumn.indices.byteOffset,
    byColumn.values.byteOffset,
    factors.byteOffset,
    byRow.indptr.byteOffset,
    byRow.indices.byteOffset,
    byRow.values.byteOffset,
    sums.byteOffset,
    marks.byteOffset,
    touched.byteOffset,
  ] as const;
  return {
    sums,
    marks,
    touched,
    compute: (row) => space.kernels.accumulateRow(row, ...parameters),
  };
}
