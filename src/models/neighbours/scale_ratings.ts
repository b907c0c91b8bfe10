import type { Csr } from "../../linalg/sparse/csr.ts";
import { selectColumns } from "../../linalg/sparse/select_columns.ts";

/** Options of `ease` that scale its ratings. */
export interface ScaleOptions {
  readonly frequencyPower: number;
  readonly userPower: number;
}

/** Ratings of some items, scaled so that all are pulled towards zero by the same λ. */
export interface ScaledRatings {
  /** Users × chosen items. */
  readonly scaled: Csr;
  /** S^½: what each chosen item was divided by. */
  readonly pulls: Float64Array;
}

/**
 * Scales users by n^−½userPower and items by their pull, S = diag(G)^frequencyPower:
 *
 *   G + Λ = S^½·(S^−½·G·S^−½ + λI)·S^½,  Λ = λS
 *
 * @param items The chosen items.
 */
export function scaleRatings(
  ratings: Csr,
  items: Uint32Array,
  { frequencyPower, userPower }: ScaleOptions,
): ScaledRatings {
  const scaled = weighUsers(selectColumns(ratings, items), userPower);
  const pulls = squaredLengths(scaled).map((g) => g ** (frequencyPower / 2));
  for (let p = 0; p < scaled.values.length; p++) scaled.values[p] /= pulls[scaled.indices[p]];
  return { scaled, pulls };
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

/** The squared length of each column, the diagonal of G. */
export function squaredLengths({ columns, indices, values }: Csr): Float64Array {
  const squares = new Float64Array(columns);
  for (let p = 0; p < indices.length; p++) squares[indices[p]] += values[p] ** 2;
  return squares;
}
