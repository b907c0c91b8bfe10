import { sum } from "../../base/statistics.ts";
import type { ComparisonOptions } from "../../interactions/statistics.ts";
import type { NearestOptions } from "../../linalg/kernels/nearest.ts";
import type { Csr } from "../../linalg/sparse/csr.ts";
import { type FilledSize, filledSize } from "../../linalg/sparse/filled_size.ts";

/** What two items are compared by: sums over their users, then a formula. */
export interface Comparison extends NearestOptions {
  /** Users × items; the sums are over products of these weights. */
  readonly weights: Csr;
}

/** How fast the weight of a rating saturates in BM25; the usual value. */
export const BM25_K1 = 1.2;

/**
 * Weighs ratings, users and items for one of the similarities. Those of text search see a product
 * as a document and its users as the words in it.
 */
export function prepareComparison(ratings: Csr, options: ComparisonOptions): Comparison {
  const { similarity, neighbors: keep, shrinkage, userPower, popularityPower } = options;
  const size = filledSize(ratings);
  const byActivity = () => perUser(ratings, (count) => count ** -userPower);
  const byRarity = () => perUser(ratings, (count) => Math.log(size.columns / count) ** 2);
  const normalized = (norms: Float64Array) => ({
    ...{ shrinkage, keep, norms, damped: norms.map((norm) => norm ** popularityPower) },
  });
  switch (similarity) {
    case "conditional":
      return {
        ...normalized(columnSums(ratings)),
        ...{ similarity, weights: ratings, damping: byActivity() },
      };
    case "cosine":
    case "jaccard":
      return {
        ...normalized(columnSums(mapValues(ratings, (rating) => rating ** 2))),
        ...{ similarity, weights: ratings, damping: byActivity() },
      };
    case "tfidf": {
      const damping = byRarity();
      return {
        ...normalized(columnSums(ratings, damping)),
        ...{ similarity: "cosine", weights: mapValues(ratings, Math.sqrt), damping },
      };
    }
    case "bm25":
      return {
        // The sum as it is.
        ...normalized(new Float64Array(ratings.columns).fill(1)),
        similarity: "conditional",
        ...{ weights: saturate(ratings, size, popularityPower), damping: byRarity() },
      };
  }
}

function mapValues(matrix: Csr, of: (value: number) => number): Csr {
  return { ...matrix, values: matrix.values.map(of) };
}

/** A function of each user's number of items; 0 for users without any. */
function perUser({ rows, indptr }: Csr, of: (count: number) => number): Float64Array {
  return new Float64Array(rows).map((_, user) => {
    const count = indptr[user + 1] - indptr[user];
    return count === 0 ? 0 : of(count);
  });
}

/** r·(k₁ + 1) / (r + k₁·(1 − b + b·Rᵢ/R̄)), Rᵢ being the sum of an item and R̄ the mean sum. */
function saturate(ratings: Csr, { columns }: FilledSize, b: number): Csr {
  const sums = columnSums(ratings);
  const mean = sum(sums) / columns;
  const values = ratings.values.map((rating, p) => {
    const length = 1 - b + b * sums[ratings.indices[p]] / mean;
    return rating * (BM25_K1 + 1) / (rating + BM25_K1 * length);
  });
  return { ...ratings, values };
}

/** The sum of each column, each row times its weight; default 1. */
function columnSums(
  { rows, columns, indptr, indices, values }: Csr,
  rowWeights?: Float64Array,
): Float64Array {
  const sums = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    const weight = rowWeights?.[row] ?? 1;
    for (let p = indptr[row]; p < indptr[row + 1]; p++) sums[indices[p]] += weight * values[p];
  }
  return sums;
}
