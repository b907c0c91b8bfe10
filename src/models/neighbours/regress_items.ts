import type { Progress } from "../../base/progress.ts";
import { type Csr, csrOfRows, type SparseRow, transpose } from "../../linalg/sparse/csr.ts";
import { invertRidge } from "../../linalg/kernels/invert_ridge.ts";
import { type ScaleOptions, scaleRatings } from "./scale_ratings.ts";
import { largest } from "../../linalg/largest.ts";

/** Error allowed in a column of P, relative to 1: changes weights in their fourth digit. */
const TOLERANCE = 1e-3;

/** What {@linkcode regressItems} minimizes and keeps; `ease` has the formula. */
export interface RegressOptions extends ScaleOptions {
  readonly regularization: number;
  /** Maximum number of weights kept per column, those furthest from 0. */
  readonly neighbors: number;
}

/**
 * B_ij = −P_ij / P_jj with P = (G + Λ)⁻¹ and B_jj = 0: how strongly item i predicts item j.
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
  const { scaled, pulls } = scaleRatings(ratings, items, { frequencyPower, userPower });
  /** Rows of Bᵀ. */
  const kept = new Array<SparseRow | undefined>(ratings.columns);
  const weights = new Float32Array(items.length), sizes = new Float32Array(items.length);
  const solved = await invertRidge(scaled, {
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
