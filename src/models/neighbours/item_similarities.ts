import { decayFactor } from "../../base/half_life.ts";
import type { Progress } from "../../base/progress.ts";
import { SECONDS_PER_DAY } from "../../base/time.ts";
import type { Interactions } from "../../interactions/interactions.ts";
import { timeSpan } from "../../interactions/split.ts";
import type { ComparisonOptions, SimilarityOptions } from "../../interactions/statistics.ts";
import { nearestColumns, type NearestOptions } from "../../linalg/kernels/nearest.ts";
import { type Csr, transpose } from "../../linalg/sparse/csr.ts";
import { type Comparison, prepareComparison } from "./comparison.ts";
import { strongestPerRow } from "./strongest_per_row.ts";

/** Ratings, and when they were made. */
export interface DatedRatings {
  /** Users × items. */
  readonly ratings: Csr;
  /** For each rating, the time of the user's last event with the item, in days since any moment. */
  lastDays(): Float32Array;
}

/**
 * Finds the nearest items of every item, by a kernel if the time between events doesn't matter.
 *
 * @param dated Of the training data; dates are only asked for if they matter.
 * @returns Items × items; in row i, the nearest of i and their similarities.
 */
export async function findSimilarItems(
  { ratings, lastDays }: DatedRatings,
  options: Omit<SimilarityOptions, "rating">,
  progress?: Progress,
): Promise<Csr> {
  const comparison = prepareComparison(ratings, options);
  const { weights } = comparison;
  if (options.pairHalfLifeDays === Infinity) {
    return await nearestColumns(weights, comparison, progress);
  }
  return strongestPerRow({
    size: weights.columns,
    keep: options.neighbors,
    accumulate: pairSums(comparison, lastDays(), options),
    finish: similarityOf(comparison),
  }, progress);
}

/**
 * The similarity of each item to itself, by the same formula as to others; 0 without a rating. No
 * time is between a user's rating and itself.
 */
export function selfSimilarities(
  ratings: Csr,
  options: Omit<ComparisonOptions, "neighbors">,
): Float32Array {
  const comparison = prepareComparison(ratings, { ...options, neighbors: 1 });
  const { weights: { rows, columns, indptr, indices, values }, damping } = comparison;
  const sums = new Float64Array(columns);
  for (let user = 0; user < rows; user++) {
    for (let p = indptr[user]; p < indptr[user + 1]; p++) {
      sums[indices[p]] += damping[user] * values[p] ** 2;
    }
  }
  const similarity = similarityOf(comparison);
  return Float32Array.from(sums, (s, item) => s > 0 ? similarity(item, item, s) : 0);
}

/** Sums s of an item and each other item. */
function pairSums(
  { weights, damping }: Comparison,
  days: Float32Array,
  { pairHalfLifeDays }: Pick<SimilarityOptions, "pairHalfLifeDays">,
): (item: number, add: (other: number, part: number) => void) => void {
  const byItem = transpose(weights);
  const daysByItem = transpose({ ...weights, values: days }).values;
  return (item, add) => {
    for (let p = byItem.indptr[item]; p < byItem.indptr[item + 1]; p++) {
      const user = byItem.indices[p];
      const factor = byItem.values[p] * damping[user];
      for (let q = weights.indptr[user]; q < weights.indptr[user + 1]; q++) {
        const other = weights.indices[q];
        if (other === item) continue;
        const gap = Math.abs(daysByItem[p] - days[q]);
        const decay = decayFactor(gap, pairHalfLifeDays);
        add(other, factor * weights.values[q] * decay);
      }
    }
  };
}

/**
 * For every entry of a matrix of users and items, the time of the user's last event with the item,
 * in days since the first event of all.
 */
export function lastDays({ indptr, items, times }: Interactions, matrix: Csr): Float32Array {
  const { first } = timeSpan({ times });
  const latest = new Uint32Array(matrix.columns);
  const days = new Float32Array(matrix.indices.length);
  for (let user = 0; user < matrix.rows; user++) {
    for (let p = indptr[user]; p < indptr[user + 1]; p++) latest[items[p]] = times[p];
    for (let q = matrix.indptr[user]; q < matrix.indptr[user + 1]; q++) {
      days[q] = (latest[matrix.indices[q]] - first) / SECONDS_PER_DAY;
    }
  }
  return days;
}

/** Turns s, the sum of two items, into their similarity. */
export function similarityOf(
  { similarity, shrinkage, norms, damped }: Omit<NearestOptions, "damping" | "keep">,
): (item: number, other: number, s: number) => number {
  switch (similarity) {
    case "conditional":
      return (item, other, s) => s / (norms[item] * damped[other] + shrinkage);
    case "cosine":
      return (item, other, s) => s / (Math.sqrt(norms[item] * norms[other]) + shrinkage);
    case "jaccard":
      return (item, other, s) => s / (norms[item] + norms[other] - s + shrinkage);
  }
}
