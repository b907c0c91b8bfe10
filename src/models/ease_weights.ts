import type { Progress } from "../interactions/progress.ts";
import { type Csr, transpose } from "../linalg/csr.ts";
import { invertRidge } from "../linalg/kernels/invert_ridge.ts";
import { selectColumns } from "../linalg/select_columns.ts";
import { topK } from "../linalg/top_k.ts";

/** What a column of P may miss, beside 1: changes weights in their fourth digit. */
const TOLERANCE = 1e-3;

/**
 * B_ij = −P_ij / P_jj with P = (XᵀX + λI)⁻¹ and B_jj = 0: how much item i says of item j.
 *
 * @param ratings X, users × items.
 * @param items The items that take part, by preference the most rated first: it is faster then. Rows and columns
 * of all others are empty.
 * @param options `neighbors` is how many weights of each column are kept, those furthest from 0.
 * @returns B, items × items; `undefined` if λ is too small for single precision.
 */
export async function regressItems(
  ratings: Csr,
  items: Uint32Array,
  { regularization: lambda, neighbors }: { regularization: number; neighbors: number },
  progress?: Progress,
): Promise<Csr | undefined> {
  const kept = createColumns(ratings.columns);
  const size = new Float32Array(items.length);
  const solved = await invertRidge(selectColumns(ratings, items), {
    lambda,
    tolerance: TOLERANCE,
    visit(column, p) {
      for (let i = 0; i < size.length; i++) size[i] = p[i] === 0 ? -Infinity : Math.abs(p[i]);
      size[column] = -Infinity;
      const { indices } = topK(size, Math.min(neighbors, size.length));
      kept.set(items[column], {
        rows: indices.map((i) => items[i]),
        values: Float32Array.from(indices, (i) => -p[i] / p[column]),
      });
    },
  }, progress);
  return solved ? kept.toMatrix() : undefined;
}

interface Column {
  readonly rows: Uint32Array;
  readonly values: Float32Array;
}

/** Columns of a sparse square matrix, gathered in any order; those that nothing is set for are empty. */
function createColumns(size: number) {
  const columns = new Array<Column | undefined>(size);
  return {
    set(column: number, entries: Column): void {
      columns[column] = entries;
    },
    toMatrix(): Csr {
      const indptr = new Uint32Array(size + 1);
      for (let c = 0; c < size; c++) indptr[c + 1] = indptr[c] + (columns[c]?.rows.length ?? 0);
      const indices = new Uint32Array(indptr[size]), values = new Float32Array(indptr[size]);
      for (let c = 0; c < size; c++) {
        indices.set(columns[c]?.rows ?? [], indptr[c]);
        values.set(columns[c]?.values ?? [], indptr[c]);
      }
      return transpose({ rows: size, columns: size, indptr, indices, values });
    },
  };
}
