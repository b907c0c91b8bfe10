import { decayFactor } from "../base/half_life.ts";
import { SECONDS_PER_DAY } from "../base/time.ts";
import { RATING_MODES, type RatingMode } from "../interactions/event_weights.ts";
import { fadeWeights } from "../interactions/fade_weights.ts";
import { profileOf } from "../interactions/history.ts";
import { type Interactions, ratingMatrix } from "../interactions/interactions.ts";
import type { Progress } from "../base/progress.ts";
import { timeSpan } from "../interactions/split.ts";
import { type Csr, csrFromTensors, csrToTensors, transpose } from "../linalg/sparse/csr.ts";
import { nearestColumns } from "../linalg/kernels/nearest.ts";
import { readScalar, scalar } from "../linalg/tensor.ts";
import type { Algorithm, Model } from "./model.ts";
import { addRow, strongestPerRow } from "./neighbours/neighbors.ts";
import { requireEvents, resolveOptions } from "./options.ts";

/** How {@linkcode itemKnn} can compare items; it has the formulas. */
export const SIMILARITIES = ["conditional", "cosine", "jaccard"] as const;

/** One of {@linkcode SIMILARITIES}. */
export type Similarity = typeof SIMILARITIES[number];

/** How {@linkcode itemKnn} compares items and reads a history. */
export interface ItemKnnOptions {
  /** Default `"conditional"`. */
  similarity: Similarity;
  /** How many items each item may recommend. Default 200. */
  neighbors: number;
  /** Added to the denominator: pulls what few users share towards 0. Default 0. */
  shrinkage: number;
  /** From 0, every user counts alike, to 1, every user counts as much as a single item of theirs. Default 0.7. */
  userPower: number;
  /** Of `"conditional"` only: from 0, popular items first, to 1, popularity taken out. Default 0.1. */
  popularityPower: number;
  /** Two items count half when a user met them so many days apart. Default `Infinity`: no matter when. */
  pairHalfLifeDays: number;
  /** An item counts half when so many days older than the history's last. Default `Infinity`. */
  historyHalfLifeDays: number;
  /** How several events of a user with one product make one rating. Default `"logsum"`. */
  rating: RatingMode;
}

/**
 * Items that the same users meet (Deshpande and Karypis 2004). With r the ratings and n_u the number of items
 * of user u,
 *
 *   sᵢⱼ = Σ_u n_u^−userPower · r_uᵢ·r_uⱼ · 2^(−|t_uᵢ − t_uⱼ| / half-life)
 *
 *   conditional   sim(i, j) = sᵢⱼ / (Σ_u r_uᵢ · (Σ_u r_uⱼ)^popularityPower + shrinkage)
 *   cosine        sim(i, j) = sᵢⱼ / (√(Σ_u r_uᵢ² · Σ_u r_uⱼ²) + shrinkage)
 *   jaccard       sim(i, j) = sᵢⱼ / (Σ_u r_uᵢ² + Σ_u r_uⱼ² − sᵢⱼ + shrinkage)
 *
 * of which each item i keeps its nearest j. A history scores Σᵢ rᵢ · 2^(−ageᵢ / half-life) · sim(i, j). Both
 * kinds of forgetting follow Ding and Li (2005) and Liu, Zhao, Xiang and Yu (2010).
 *
 * Fitting takes O(Σ_u n_u²), 16 bytes a pair of user and product and 8 a neighbour; scoring O(items of the history × neighbours).
 */
export const itemKnn: Algorithm<ItemKnnOptions> = {
  name: "item_knn",
  description: "Items that the same users meet",
  defaults: {
    similarity: "conditional",
    neighbors: 200,
    shrinkage: 0,
    userPower: 0.7,
    popularityPower: 0.1,
    pairHalfLifeDays: Infinity,
    historyHalfLifeDays: Infinity,
    rating: "logsum",
  },
  searchSpace: {
    similarity: SIMILARITIES,
    neighbors: [100, 200, 500],
    shrinkage: [0, 1, 10],
    userPower: [0.3, 0.7, 1],
    popularityPower: [0, 0.1, 0.2],
    pairHalfLifeDays: [1, 7, Infinity],
    historyHalfLifeDays: [1, 7, Infinity],
    rating: RATING_MODES,
  },

  async fit(train, given, progress) {
    const options = resolveOptions("item_knn", this.defaults, given, {
      similarity: { oneOf: SIMILARITIES },
      neighbors: { min: 1, whole: true },
      shrinkage: { min: 0 },
      userPower: { min: 0, max: 1 },
      popularityPower: { min: 0, max: 1 },
      pairHalfLifeDays: { min: 0, exclusive: true },
      historyHalfLifeDays: { min: 0, exclusive: true },
      rating: { oneOf: RATING_MODES },
    });
    requireEvents("item_knn", train);
    return createItemKnn({ ...options, neighbors: await findNeighbors(train, options, progress) });
  },

  fromTensors: (tensors) =>
    createItemKnn({
      neighbors: csrFromTensors(tensors),
      historyHalfLifeDays: readScalar(tensors, "historyHalfLifeDays"),
      rating: RATING_MODES[readScalar(tensors, "rating")],
    }),
};

interface ItemKnnParameters {
  /** In row i, the items that i recommends, and how much. */
  readonly neighbors: Csr;
  readonly historyHalfLifeDays: number;
  readonly rating: RatingMode;
}

function createItemKnn({ neighbors, historyHalfLifeDays, rating }: ItemKnnParameters): Model {
  const itemCount = neighbors.rows;
  return {
    itemCount,
    additive: true,
    score(history, scores) {
      scores.fill(0);
      const last = history.times.at(-1) ?? 0;
      const faded = fadeWeights(history, { last, halfLifeDays: historyHalfLifeDays });
      const { items, ratings } = profileOf(faded, itemCount, rating);
      items.forEach((item, i) => addRow(neighbors, item, ratings[i], scores));
    },
    toTensors: () => ({
      ...csrToTensors(neighbors),
      historyHalfLifeDays: scalar(historyHalfLifeDays),
      rating: scalar(RATING_MODES.indexOf(rating)),
    }),
  };
}

async function findNeighbors(
  train: Interactions,
  options: ItemKnnOptions,
  progress?: Progress,
): Promise<Csr> {
  const ratings = ratingMatrix(train, options.rating);
  const norms = normsOf(ratings, options.similarity);
  const compared = {
    ...options,
    keep: options.neighbors,
    damping: new Float64Array(ratings.rows).map((_, user) =>
      (ratings.indptr[user + 1] - ratings.indptr[user]) ** -options.userPower
    ),
    norms,
    damped: norms.map((norm) => norm ** options.popularityPower),
  };
  const timeless = options.pairHalfLifeDays === Infinity;
  const found = timeless ? await nearestColumns(ratings, compared, progress) : null;
  return found ?? strongestPerRow({
    size: ratings.columns,
    keep: options.neighbors,
    accumulate: pairSums(train, ratings, compared),
    finish: similarityOf(compared),
  }, progress);
}

/** For each item, Σ r_u of `"conditional"`, else Σ r_u². */
function normsOf({ columns, indices, values }: Csr, similarity: Similarity): Float64Array {
  const norms = new Float64Array(columns);
  for (let p = 0; p < indices.length; p++) {
    norms[indices[p]] += similarity === "conditional" ? values[p] : values[p] ** 2;
  }
  return norms;
}

/** What two items are compared by. */
interface Compared extends ItemKnnOptions {
  /** n_u^−userPower */
  readonly damping: Float64Array;
  readonly norms: Float64Array;
  /** norm^popularityPower */
  readonly damped: Float64Array;
}

/** Adds up s for an item and every other. */
function pairSums(
  train: Interactions,
  ratings: Csr,
  { damping, pairHalfLifeDays }: Compared,
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
        const apart = Math.abs(daysByItem[p] - days[q]);
        const fading = decayFactor(apart, pairHalfLifeDays);
        add(other, factor * ratings.values[q] * fading);
      }
    }
  };
}

/** For every entry of the ratings, when the user last met the item, in days since the first event of all. */
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
  { similarity, shrinkage, norms, damped }: Compared,
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
