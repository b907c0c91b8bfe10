import { decayFactor } from "../../base/half_life.ts";
import type { Progress } from "../../base/progress.ts";
import { SECONDS_PER_DAY } from "../../base/time.ts";
import type { RatingMode } from "../../interactions/event_weights.ts";
import { type Interactions, ratingMatrix } from "../../interactions/interactions.ts";
import { timeSpan } from "../../interactions/split.ts";
import { nearestColumns } from "../../linalg/kernels/nearest.ts";
import { type Csr, transpose } from "../../linalg/sparse/csr.ts";
import { filledSize } from "../../linalg/sparse/filled_size.ts";
import { AUTO } from "../options/option.ts";
import { popularityDamping } from "./popularity_damping.ts";
import { strongestPerRow } from "./strongest_per_row.ts";

/** How items can be compared; `itemKnn` has the formulas. */
export const SIMILARITIES = ["conditional", "cosine", "jaccard"] as const;

/** One of {@linkcode SIMILARITIES}. */
export type Similarity = typeof SIMILARITIES[number];

/** How {@linkcode findSimilarItems} compares; the options of `itemKnn`. */
export interface SimilarityOptions {
  readonly similarity: Similarity;
  readonly neighbors: number;
  readonly shrinkage: number;
  readonly userPower: number;
  readonly popularityPower: number | typeof AUTO;
  readonly pairHalfLifeDays: number;
  readonly rating: RatingMode;
}

/**
 * Finds the nearest items of every item, by a kernel if the time between events doesn't matter.
 *
 * @returns Items × items; in row i, the nearest of i and their similarities.
 */
export async function findSimilarItems(
  train: Interactions,
  options: SimilarityOptions,
  progress?: Progress,
): Promise<Csr> {
  const ratings = ratingMatrix(train, options.rating);
  const norms = normsOf(ratings, options.similarity);
  const popularityPower = options.popularityPower === AUTO
    ? popularityDamping(filledSize(ratings).density)
    : options.popularityPower;
  const comparison = {
    ...options,
    keep: options.neighbors,
    damping: new Float64Array(ratings.rows).map((_, user) =>
      (ratings.indptr[user + 1] - ratings.indptr[user]) ** -options.userPower
    ),
    norms,
    damped: norms.map((norm) => norm ** popularityPower),
  };
  if (options.pairHalfLifeDays === Infinity) {
    return await nearestColumns(ratings, comparison, progress);
  }
  return strongestPerRow({
    size: ratings.columns,
    keep: options.neighbors,
    accumulate: pairSums(train, ratings, comparison),
    finish: similarityOf(comparison),
  }, progress);
}

/** For each item, Σ r_u for `"conditional"`, else Σ r_u². */
function normsOf({ columns, indices, values }: Csr, similarity: Similarity): Float64Array {
  const norms = new Float64Array(columns);
  for (let p = 0; p < indices.length; p++) {
    norms[indices[p]] += similarity === "conditional" ? values[p] : values[p] ** 2;
  }
  return norms;
}

/** What two items are compared by. */
interface Comparison extends SimilarityOptions {
  /** n_u^−userPower */
  readonly damping: Float64Array;
  readonly norms: Float64Array;
  /** norm^popularityPower */
  readonly damped: Float64Array;
}

/** Sums s of an item and each other item. */
function pairSums(
  train: Interactions,
  ratings: Csr,
  { damping, pairHalfLifeDays }: Comparison,
): (item: number, add: (other: number, part: number) => void) => void {
  const byItem = transpose(ratings);
  const days = lastDays(train, ratings);
  const daysByItem = transpose({ ...ratings, values: days }).values;
  return (item, add) => {
    for (let p = byItem.indptr[item]; p < byItem.indptr[item + 1]; p++) {
      const user = byItem.indices[p];
      const factor = byItem.values[p] * damping[user];
      for (let q = ratings.indptr[user]; q < ratings.indptr[user + 1]; q++) {
        const other = ratings.indices[q];
        if (other === item) continue;
        const gap = Math.abs(daysByItem[p] - days[q]);
        const decay = decayFactor(gap, pairHalfLifeDays);
        add(other, factor * ratings.values[q] * decay);
      }
    }
  };
}

/**
 * For every entry of the ratings, the time of the user's last event with the item, in days since
 * the first event of all.
 */
function lastDays({ indptr, items, times }: Interactions, ratings: Csr): Float32Array {
  const { first } = timeSpan({ times });
  const latest = new Uint32Array(ratings.columns);
  const days = new Float32Array(ratings.indices.length);
  for (let user = 0; user < ratings.rows; user++) {
    for (let p = indptr[user]; p < indptr[user + 1]; p++) latest[items[p]] = times[p];
    for (let q = ratings.indptr[user]; q < ratings.indptr[user + 1]; q++) {
      days[q] = (latest[ratings.indices[q]] - first) / SECONDS_PER_DAY;
    }
  }
  return days;
}

/** Turns s of two items into their similarity. */
function similarityOf(
  { similarity, shrinkage, norms, damped }: Comparison,
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
