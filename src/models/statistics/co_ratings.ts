import type { CoRatingOptions, CoRatings } from "../../interactions/statistics.ts";
import { type Csr, csrOfRows, type SparseRow } from "../../linalg/sparse/csr.ts";
import { selectColumns } from "../../linalg/sparse/select_columns.ts";

/**
 * A matrix of which the product with its own transpose says how often items have the same users.
 *
 * @param ratings Users × items.
 */
export function coRatings(
  ratings: Csr,
  { userPower = 0, mostPopular }: Pick<CoRatingOptions, "userPower" | "mostPopular">,
): CoRatings {
  const items = mostPopular === undefined
    ? Uint32Array.from({ length: ratings.columns }, (_, item) => item)
    : byPopularity(ratings).subarray(0, mostPopular);
  const chosen = mostPopular === undefined ? ratings : selectColumns(ratings, items);
  const matrix = userPower === 0 ? chosen : weighUsers(chosen, userPower);
  return { kind: "ratings", matrix, users: ratings.rows, items };
}

/**
 * The Gram matrix of ratings, in O(Σ row length²) and 8 bytes × items²: for few items.
 *
 * @param coRatings Of the kind `ratings`.
 */
export function toGram({ matrix, ...coRatings }: CoRatings): CoRatings {
  const { rows, columns, indptr, indices, values } = matrix;
  const sums = Array.from({ length: columns }, () => new Float64Array(columns));
  for (let row = 0; row < rows; row++) {
    const [start, end] = [indptr[row], indptr[row + 1]];
    for (let p = start; p < end; p++) {
      const own = sums[indices[p]];
      for (let q = start; q < end; q++) own[indices[q]] += values[p] * values[q];
    }
  }
  const gram = csrOfRows(sums.map(sparseRow), columns);
  return { ...coRatings, kind: "gram", matrix: gram };
}

/** The entries of a row that aren't 0. */
function sparseRow(dense: Float64Array): SparseRow {
  const indices = Uint32Array.from(dense.keys()).filter((column) => dense[column] !== 0);
  return { indices, values: Float32Array.from(indices, (column) => dense[column]) };
}

/** Items with a rating by the sum of their ratings; ties go to the lower number. */
function byPopularity({ columns, indices, values }: Csr): Uint32Array {
  const sums = new Float64Array(columns);
  for (let p = 0; p < indices.length; p++) sums[indices[p]] += values[p];
  return Uint32Array.from({ length: columns }, (_, item) => item)
    .filter((item) => sums[item] > 0)
    .sort((a, b) => sums[b] - sums[a] || a - b);
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
