import type { Progress } from "../../base/progress.ts";
import type { CoRatings } from "../../interactions/statistics.ts";
import { invertSymmetric } from "../../linalg/dense/invert_symmetric.ts";
import { invertRidge } from "../../linalg/kernels/invert_ridge.ts";
import { largest } from "../../linalg/largest.ts";
import { type Csr, csrOfRows, type SparseRow, transpose } from "../../linalg/sparse/csr.ts";
import { scaleRatings } from "./scale_ratings.ts";

/** Error allowed in a column of P, relative to 1: changes weights in their fourth digit. */
const TOLERANCE = 1e-3;

/** What {@linkcode regressItems} minimizes and keeps; `ease` has the formula. */
export interface RegressOptions {
  readonly regularization: number;
  readonly frequencyPower: number;
  /** Maximum number of weights kept per column, those furthest from 0. */
  readonly neighbors: number;
  /** The number of all items; rows and columns of those without co-ratings are empty. */
  readonly itemCount: number;
}

/**
 * B_ij = −P_ij / P_jj with P = (G + Λ)⁻¹ and B_jj = 0: how strongly item i predicts item j.
 *
 * @param coRatings Of the items to predict and to predict from; fastest with the most rated first.
 * @returns B, items × items; `undefined` if λ is too small for single precision.
 */
export async function regressItems(
  coRatings: CoRatings,
  { regularization: lambda, frequencyPower, neighbors, itemCount }: RegressOptions,
  progress?: Progress,
): Promise<Csr | undefined> {
  const { kind, items } = coRatings;
  const { scaled, pulls } = scaleRatings(coRatings, frequencyPower);
  /** Rows of Bᵀ. */
  const kept = new Array<SparseRow | undefined>(itemCount);
  const weights = new Float32Array(items.length), sizes = new Float32Array(items.length);
  const visit = (column: number, p: Float32Array) => {
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
  };
  const solved = kind === "gram"
    ? invertGram(scaled, { lambda, visit }, progress)
    : await invertRidge(scaled, { lambda, tolerance: TOLERANCE, visit }, progress);
  return solved ? transpose(csrOfRows(kept, itemCount)) : undefined;
}

/** A pivot below this share of λ is rounding: the inverse would have no correct digit. */
const LEAST_PIVOT = 1e-6;

/** Visits the columns of (G + λI)⁻¹; returns whether λ is large enough for that. */
function invertGram(
  { rows, indptr, indices, values }: Csr,
  { lambda, visit }: { lambda: number; visit: (column: number, p: Float32Array) => void },
  progress?: Progress,
): boolean {
  const inverse = Array.from({ length: rows }, (_, row) => {
    const dense = new Float64Array(rows);
    for (let p = indptr[row]; p < indptr[row + 1]; p++) dense[indices[p]] = values[p];
    dense[row] += lambda;
    return dense;
  });
  if (!invertSymmetric(inverse, { least: LEAST_PIVOT * lambda, progress })) return false;
  // The inverse is symmetric, so its rows are its columns.
  inverse.forEach((row, column) => visit(column, Float32Array.from(row)));
  return true;
}
