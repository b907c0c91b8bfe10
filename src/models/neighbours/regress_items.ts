import type { Progress } from "../../base/progress.ts";
import { type Csr, csrOfRows, type SparseRow, transpose } from "../../linalg/sparse/csr.ts";
import { invertRidge } from "../../linalg/kernels/invert_ridge.ts";
import { selectColumns } from "../../linalg/sparse/select_columns.ts";
import { largest } from "../../linalg/largest.ts";

/** Error allowed in a column of P, relative to 1: changes weights in their fourth digit. */
const TOLERANCE = 1e-3;

/** What {@linkcode regressItems} minimizes and keeps; `ease` has the formula. */
export interface RegressOptions {
  readonly regularization: number;
  readonly frequencyPower: number;
  readonly userPower: number;
  /** Maximum number of weights kept per column, those furthest from 0. */
  readonly neighbors: number;
}

/**
 * B_ij = −P_ij / P_jj with P = (G + Λ)⁻¹ and B_jj = 0: how strongly item i predicts item j. Before
 * the inversion the items are scaled by their pull, which makes it λ for all:
 *
 *   G + Λ = S^½·(S^−½·G·S^−½ + λI)·S^½,  Λ = λS
 *
 * @param ratings Users × items.
 * @param items The items to predict and to predict from; fastest with the most rated first. Rows
 *   and columns of all others are empty.
 * @returns B, items × items; `undefined` if λ is too small for single precision.
 */
export async function regressItems(
  ratings: Csr,
  items: Uint32Array,
  { regularization: lambda, frequencyPower, userPower, neighbors }: RegressOptions,
  progress?: Progress,
): Promise<Csr | undefined> {
  const chosen = weighUsers(selectColumns(ratings, items), userPower);
  const pulls = gramDiagonal(chosen).map((g) => g ** (frequencyPower / 2));
  for (let p = 0; p < chosen.values.length; p++) chosen.values[p] /= pulls[chosen.indices[p]];
  /** Rows of Bᵀ. */
  const kept = new Array<SparseRow | undefined>(ratings.columns);
  const weights = new Float32Array(items.length), sizes = new Float32Array(items.length);
  const solved = await invertRidge(chosen, {
    lambda,
    tolerance: TOLERANCE,
    visit(column, p) {
      const scale = -pulls[column] / p[column];
      for (let i = 0; i < weights.length; i++) {
        weights[i] = scale * p[i] / pulls[i];
        sizes[i] = weights[i] === 0 ? -Infinity : Math.abs(weights[i]);
      }
      sizes[column] = -Infinity;
      const indices = largest(sizes, neighbors);
      const values = new Float32Array(indices.length);
      for (let i = 0; i < values.length; i++) {
        values[i] = weights[indices[i]];
        indices[i] = items[indices[i]];
      }
      kept[items[column]] = { indices, values };
    },
  }, progress);
  return solved ? transpose(csrOfRows(kept, ratings.columns)) : undefined;
}

/** Scales each row by n^−½userPower, n being its number of entries. */
function weighUsers(ratings: Csr, userPower: number): Csr {
  const values = new Float32Array(ratings.values.length);
  for (let user = 0; user < ratings.rows; user++) {
    const [start, end] = [ratings.indptr[user], ratings.indptr[user + 1]];
    const weight = (end - start) ** (-userPower / 2);
    for (let p = start; p < end; p++) values[p] = weight * ratings.values[p];
  }
  return { ...ratings, values };
}

/** The squared length of each column. */
function gramDiagonal({ columns, indices, values }: Csr): Float64Array {
  const squares = new Float64Array(columns);
  for (let p = 0; p < indices.length; p++) squares[indices[p]] += values[p] ** 2;
  return squares;
}
