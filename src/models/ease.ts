import { InputError } from "../base/input_error.ts";
import { inTwoParts } from "../base/progress.ts";
import type { RatingMode } from "../interactions/event_weights.ts";
import { profileOf } from "../interactions/history.ts";
import type { CoRatings } from "../interactions/statistics.ts";
import type { Csr } from "../linalg/sparse/csr.ts";
import { groupStarts } from "../linalg/sparse/group_positions.ts";
import { csrFromTensors, csrToTensors, type PackedCsr } from "../linalg/sparse/packed_csr.ts";
import { defineAlgorithm } from "./define_algorithm.ts";
import type { Model } from "./model.ts";
import { regressItems } from "./neighbours/regress_items.ts";
import { regressNearest } from "./neighbours/regress_nearest.ts";
import { addRow } from "./neighbours/strongest_per_row.ts";
import type { OptionsOf } from "./options/declarations.ts";
import { AUTO, auto, choice, number, whole } from "./options/option.ts";
import { readOptions, saveOptions } from "./options/saved_options.ts";
import { ratingOption, userPowerOption } from "./options/shared_options.ts";
import { toGram } from "./statistics/co_ratings.ts";
import { statisticsOf } from "./statistics/statistics_of.ts";

/**
 * Weights that are kept by default, in all: up to 3,873 products keep every one, 50,000 products
 * 300 each.
 */
const WEIGHTS_IN_ALL = 15_000_000;

/** Weights per product that are kept by default at least. */
const LEAST_NEIGHBORS = 300;

/** Products that predict each product by default, if the inverse is approximate. */
const NEAREST = 64;

/** How the inverse is computed. */
const INVERSES = ["exact", "nearest"] as const;

const options = {
  regularization: number(20, {
    above: 0,
    search: [3, 10, 30, 100, 300],
    meaning: "λ, pull of the weights towards zero",
  }),
  frequencyPower: number(0.5, {
    min: 0,
    max: 1,
    search: [0, 0.5],
    meaning: "ν, growth of the pull with a product's own ratings; at 0 it is λ for all",
  }),
  userPower: userPowerOption(0.5, [0, 0.5]),
  inverse: choice(INVERSES, "exact", {
    meaning: "Which products may predict a product: all, or its nearest alone, which is " +
      "approximate, but has no limit",
  }),
  neighbors: auto(whole(LEAST_NEIGHBORS, {
    min: 1,
    search: [100, 300],
    meaning: "Maximum number of products that predict each product, those with the largest " +
      `weights; auto: ${LEAST_NEIGHBORS}, more for under 50000 products, or ${NEAREST} nearest`,
  })),
  items: number(Infinity, {
    min: 1,
    meaning: "Maximum number of products in the model, the most popular ones; the others score 0",
  }),
  rating: ratingOption(),
};

/** The options of {@linkcode ease}. */
export type EaseOptions = OptionsOf<typeof options>;

/** Largest products × pairs that can be fitted: a few minutes on two processors. */
export const EASE_LIMIT = 5e10;

/** Most products whose inverse is computed from sums: half a minute. */
const DENSE_LIMIT = 3000;

/**
 * Every product predicted from all others by ridge regression (EASE; Steck 2019). With x_u the
 * ratings of user u and n_u their number, B minimizes, among matrices with a zero diagonal,
 *
 *   Σ_u n_u^−userPower · |x_u − x_u·B|² + Σ_i λ·G_ii^ν · |B_i|²,  G = Σ_u n_u^−userPower · x_uᵀ·x_u
 *
 * which is Steck's where both powers are 0 (with λ in the hundreds); ν, as in ALS, pulls popular
 * products harder, which is equivalent to dropout (Steck 2020). With P = (G + λ·diag(G)^ν)⁻¹
 *
 *   B_ij = −P_ij / P_jj,  B_ii = 0
 *
 * and a history of ratings r scores r·B. P is not inverted as a dense matrix, which takes time
 * cubic and memory quadratic in the products, but solved column by column to three digits by
 * conjugate gradients, whose cost depends on the pairs; each column of B keeps only the weights
 * furthest from 0. That takes O(products × pairs) and 8 bytes × products × neighbors. If products ×
 * pairs exceeds {@linkcode EASE_LIMIT}, G is inverted as it is, and more than 3,000 products are
 * refused.
 *
 * With `inverse` `nearest`, P is a sparse approximate inverse ({@linkcode regressNearest}), for
 * catalogues beyond that: each product is predicted from its nearest alone, in O(products ×
 * neighbors³ + Σ_u n_u²) and 8 bytes × products × neighbors, besides 256 MB.
 *
 * Scoring takes O(history × neighbors).
 */
export const ease = defineAlgorithm({
  name: "ease",
  description: "Every product predicted from all others by linear regression",
  options,

  fitsFrom: "sums",

  async fit(train, options, progress) {
    const { rating, userPower, items: mostPopular } = options;
    const [summing, solving] = inTwoParts(progress);
    const summed = { rating, userPower, mostPopular };
    const isExact = options.inverse === "exact";
    const found = await statisticsOf(train).coRatings(summed, summing);
    const coRatings = isExact && isDense(found) ? toGram(found) : found;
    if (isExact) requireFeasible(coRatings);
    const neighbors = options.neighbors !== AUTO
      ? options.neighbors
      : isExact
      ? Math.max(LEAST_NEIGHBORS, Math.floor(WEIGHTS_IN_ALL / coRatings.items.length))
      : NEAREST;
    const regress = isExact ? regressItems : regressNearest;
    const itemCount = train.itemIds.size;
    const weights = await regress(coRatings, { ...options, neighbors, itemCount }, solving);
    if (weights) {
      return {
        ...createEase(weights, options.rating),
        ...(options.neighbors === AUTO && { chosen: { neighbors } }),
      };
    }
    throw new InputError(
      `Cannot fit ease: option "regularization" must be larger for these ratings, got ` +
        `${options.regularization}: single precision can't tell the products apart`,
    );
  },

  fromTensors: (tensors) =>
    createEase(csrFromTensors(tensors), readOptions(options, tensors).rating),
});

/** Whether ratings are too many for conjugate gradients, but of few enough items to invert G. */
function isDense({ kind, matrix, items }: CoRatings): boolean {
  return kind === "ratings" && items.length <= DENSE_LIMIT &&
    items.length * matrix.indices.length > EASE_LIMIT;
}

/** @throws {InputError} If the items have too many pairs; says how many items are feasible. */
function requireFeasible({ kind, matrix, items }: CoRatings): void {
  if (kind === "gram") {
    if (items.length <= DENSE_LIMIT) return;
    throw new InputError(
      `Cannot fit ease from sums: products must be at most ${DENSE_LIMIT}, got ${items.length}; ` +
        'set option "inverse" to nearest, which is approximate, or "items" to that number',
    );
  }
  const pairsBefore = groupStarts(matrix.indices, items.length);
  let feasible = 0;
  for (let i = 0; i < items.length; i++) {
    if ((i + 1) * pairsBefore[i + 1] <= EASE_LIMIT) feasible = i + 1;
  }
  if (feasible === items.length) return;
  feasible = Math.max(feasible, DENSE_LIMIT);
  throw new InputError(
    `Cannot fit ease: products × pairs of user and product must be at most ${EASE_LIMIT}, ` +
      `got ${items.length} × ${matrix.indices.length}; set option "inverse" to nearest, which is ` +
      `approximate, or "items" to ${feasible} or less to omit the least popular`,
  );
}

function createEase(weights: Csr | PackedCsr, rating: RatingMode): Model {
  const itemCount = weights.rows;
  return {
    itemCount,
    noSignal: 0,
    additive: true,
    score(history, scores) {
      scores.fill(0);
      const { items, ratings } = profileOf(history, itemCount, rating);
      items.forEach((item, i) => addRow(weights, item, ratings[i], scores));
    },
    toTensors: () => ({
      ...csrToTensors(weights),
      ...saveOptions(options, { rating }),
    }),
  };
}
