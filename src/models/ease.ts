import { RATING_MODES, type RatingMode } from "../interactions/event_weights.ts";
import { profileOf } from "../interactions/history.ts";
import { InputError } from "../base/input_error.ts";
import { ratingMatrix } from "../interactions/interactions.ts";
import { type Csr, csrFromTensors, csrToTensors } from "../linalg/sparse/csr.ts";
import { readScalar, scalar } from "../linalg/tensor.ts";
import { regressItems } from "./neighbours/ease_weights.ts";
import type { Algorithm, Model } from "./model.ts";
import { addRow } from "./neighbours/neighbors.ts";
import { requireEvents, resolveOptions } from "./options.ts";

/** What {@linkcode ease} solves. */
export interface EaseOptions {
  /** λ, the pull of the weights towards zero. Default 20. */
  regularization: number;
  /** ν, how far the pull grows with a product's own ratings: at 0 it is λ for all. Default 0.5. */
  frequencyPower: number;
  /** From 0, every rating counts alike, to 1, every user counts alike, however many products they met. Default 0.5. */
  userPower: number;
  /** How many others at most foretell each product, those of the largest weights; fewer save memory. Default 300. */
  neighbors: number;
  /** Only so many products, the most popular, take part; the others score 0. Default `Infinity`. */
  items: number;
  /** How several events of a user with one product make one rating. Default `"logsum"`. */
  rating: RatingMode;
}

/** Largest product of products and pairs that is fitted: a few minutes on two processors. */
export const EASE_LIMIT = 5e10;

/**
 * Every product predicted from all others by ridge regression (EASE; Steck 2019). With x_u the ratings of user u and
 * n_u how many they are, B minimises, among matrices without a diagonal,
 *
 *   Σ_u n_u^−userPower · |x_u − x_u·B|² + Σ_i λ·G_ii^ν · |B_i|²,  G = Σ_u n_u^−userPower · x_uᵀ·x_u
 *
 * which is Steck's where both powers are 0 (with a λ of hundreds); ν, as in ALS, lets what is popular pull back more (Steck 2020 on dropout
 * comes to the same). With P = (G + λ·diag(G)^ν)⁻¹
 *
 *   B_ij = −P_ij / P_jj,  B_ii = 0
 *
 * and a history of ratings r scores r·B. P is not inverted as a dense matrix, which takes time with the cube of
 * the products and memory with their square, but solved column by column to three digits (conjugate gradients, to
 * which only the pairs matter), and of each column of B only the weights furthest from 0 are kept.
 *
 * Fitting takes O(products × pairs) and 8 bytes × products × neighbors; where products × pairs is above
 * {@linkcode EASE_LIMIT} it is refused. Scoring takes O(history × neighbors).
 */
export const ease: Algorithm<EaseOptions> = {
  name: "ease",
  description: "Every product predicted from all others by linear regression",
  defaults: {
    regularization: 20,
    frequencyPower: 0.5,
    userPower: 0.5,
    neighbors: 300,
    items: Infinity,
    rating: "logsum",
  },
  searchSpace: {
    regularization: [3, 10, 30, 100, 300],
    frequencyPower: [0, 0.5],
    userPower: [0, 0.5],
    neighbors: [100, 300],
    rating: RATING_MODES,
  },

  async fit(train, given, progress) {
    const options = resolveOptions("ease", this.defaults, given, {
      regularization: { min: 0, exclusive: true },
      frequencyPower: { min: 0, max: 1 },
      userPower: { min: 0, max: 1 },
      neighbors: { min: 1, whole: true },
      items: { min: 1 },
      rating: { oneOf: RATING_MODES },
    });
    requireEvents("ease", train);
    const ratings = ratingMatrix(train, options.rating);
    const popular = itemsByPopularity(ratings);
    requireFeasible(popular, options.items);
    const items = popular.items.slice(0, options.items);
    const weights = await regressItems(ratings, items, options, progress);
    if (weights) return createEase(weights, options.rating);
    throw new InputError(
      `Cannot fit ease: option "regularization" must be larger for these ratings, got ` +
        `${options.regularization}: single precision can't tell the products apart`,
    );
  },

  fromTensors: (tensors) =>
    createEase(csrFromTensors(tensors), RATING_MODES[readScalar(tensors, "rating")]),
};

interface Popularity {
  /** Items that anybody rated, most popular first. */
  readonly items: Uint32Array;
  /** Parallel to the items: how many users rated them. */
  readonly users: Uint32Array;
}

/** By the sum of the ratings; of equals, the lower number first. */
function itemsByPopularity({ columns, indices, values }: Csr): Popularity {
  const users = new Uint32Array(columns);
  const sums = new Float64Array(columns);
  for (let p = 0; p < indices.length; p++) {
    users[indices[p]]++;
    sums[indices[p]] += values[p];
  }
  const items = Uint32Array.from({ length: columns }, (_, item) => item)
    .filter((item) => sums[item] > 0)
    .sort((a, b) => sums[b] - sums[a] || a - b);
  return { items, users: items.map((item) => users[item]) };
}

/** @throws {InputError} If the items that are to take part have too many pairs; says how many would do. */
function requireFeasible({ items, users }: Popularity, limit: number): void {
  const count = Math.min(items.length, limit);
  let pairs = 0, feasible = 0;
  for (let i = 0; i < count; i++) {
    pairs += users[i];
    if ((i + 1) * pairs <= EASE_LIMIT) feasible = i + 1;
  }
  if (feasible === count) return;
  throw new InputError(
    `Cannot fit ease: products × pairs of user and product must be at most ${EASE_LIMIT}, ` +
      `got ${count} × ${pairs}; set option "items" to ${feasible} or less to leave out the least popular, ` +
      `or take item_knn or graph_svd, which have no limit`,
  );
}

function createEase(weights: Csr, rating: RatingMode): Model {
  const itemCount = weights.rows;
  return {
    itemCount,
    additive: true,
    score(history, scores) {
      scores.fill(0);
      const { items, ratings } = profileOf(history, itemCount, rating);
      items.forEach((item, i) => addRow(weights, item, ratings[i], scores));
    },
    toTensors: () => ({
      ...csrToTensors(weights),
      rating: scalar(RATING_MODES.indexOf(rating)),
    }),
  };
}
