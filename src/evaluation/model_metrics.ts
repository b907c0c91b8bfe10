import type { FigureText } from "./list_metrics.ts";

/** A metric of all lists of a model, or of the ratings it predicts. */
export interface ModelMetricDefinition extends FigureText {
  /** What it describes: the lists shown, hits that count differently, or predicted ratings. */
  readonly of: "lists" | "gains" | "ratings";
  /** How the value is written: as a percentage, a fraction like recall's, in bits, or plainly. */
  readonly unit?: "share" | "fraction" | "bit";
  /** Whether some models, shops or artifacts of older programs don't have it. Default false. */
  readonly optional?: boolean;
}

/**
 * The metrics that a model has besides those of single lists, in the order in which files and
 * tables show them. `createTally()` computes them; everything else comes from here.
 */
export const MODEL_METRICS = {
  coverage: {
    title: "Coverage",
    heading: "coverage",
    of: "lists",
    digits: 4,
    unit: "share",
    meaning: "The share of the catalogue that at least one user was shown.",
  },
  novelty: {
    title: "Novelty",
    heading: "novelty",
    of: "lists",
    digits: 1,
    unit: "bit",
    meaning: "How unknown the products shown are, in bits: one bit more means half as many users " +
      "knew them.",
  },
  gini: {
    title: "Gini",
    heading: "Gini",
    of: "lists",
    digits: 2,
    meaning: "How unequally products are shown: 0 all equally often, near 1 always the same few.",
  },
  diversity: {
    title: "Diversity",
    heading: "diversity",
    of: "lists",
    digits: 2,
    optional: true,
    meaning: "How much the products of one list differ in category, brand and price, from 0 to 1.",
  },
  calibrationError: {
    title: "Calibration error",
    heading: "calibration error",
    of: "lists",
    digits: 2,
    better: "lower",
    optional: true,
    meaning: "How far the categories of a list are from the user's own shares of categories: the " +
      "Kullback–Leibler divergence, 0 if the shares are equal, 4.6 if no category is the user's " +
      "(Steck 2018).",
  },
  priceNdcg: {
    title: "Price-weighted NDCG",
    heading: "price NDCG",
    of: "gains",
    digits: 4,
    unit: "fraction",
    better: "higher",
    optional: true,
    meaning: "NDCG in which each product's gain is its price, so expensive products count more. " +
      "Products without a known price are left out.",
  },
  valueNdcg: {
    title: "Value-weighted NDCG",
    heading: "value NDCG",
    of: "gains",
    digits: 4,
    unit: "fraction",
    better: "higher",
    optional: true,
    meaning: "NDCG in which each product's gain is a value that the shop gave it, such as its " +
      "margin. Products without a value above 0 are left out.",
  },
  unbiasedRecall: {
    title: "Unbiased recall",
    heading: "unbiased recall",
    of: "gains",
    digits: 4,
    unit: "fraction",
    better: "higher",
    optional: true,
    meaning: "Recall in which a product counts less the more users knew it, by default one over " +
      "the square root of their number: what is popular is found by users anyway (inverse " +
      "propensity scoring, self-normalised; Yang et al. 2018).",
  },
  unbiasedNdcg: {
    title: "Unbiased NDCG",
    heading: "unbiased NDCG",
    of: "gains",
    digits: 4,
    unit: "fraction",
    better: "higher",
    optional: true,
    meaning: "NDCG with the same weights as unbiased recall.",
  },
  rmse: {
    title: "RMSE",
    heading: "RMSE",
    of: "ratings",
    digits: 3,
    better: "lower",
    optional: true,
    meaning: "Root mean square error of predicted ratings, for models that predict them, on the " +
      "scale that the model's option rating makes of view 1, cart 2, purchase 4: errors of " +
      "different scales can't be compared. It doesn't affect the choice.",
  },
  mae: {
    title: "MAE",
    heading: "MAE",
    of: "ratings",
    digits: 3,
    better: "lower",
    optional: true,
    meaning: "Mean absolute error of the same ratings. It doesn't affect the choice either.",
  },
} as const satisfies Readonly<Record<string, ModelMetricDefinition>>;

/** The name of one of {@linkcode MODEL_METRICS}. */
export type ModelMetric = keyof typeof MODEL_METRICS;

/** The metrics that only some models or shops have. */
export type OptionalMetric = {
  [Name in ModelMetric]: (typeof MODEL_METRICS)[Name] extends { optional: true } ? Name : never;
}[ModelMetric];

/** The metrics that every model has. */
export type CommonMetric = Exclude<ModelMetric, OptionalMetric>;

/** One number per metric. */
export type ModelMetrics =
  & Readonly<Record<CommonMetric, number>>
  & { readonly [Name in OptionalMetric]?: number };

/** The names of {@linkcode MODEL_METRICS}. */
export const MODEL_METRIC_NAMES = Object.keys(MODEL_METRICS) as readonly ModelMetric[];

/** Those that only some models or shops have. */
export const OPTIONAL_METRICS: readonly OptionalMetric[] = MODEL_METRIC_NAMES.filter(isOptional);

/** Those that every model has. */
export const COMMON_METRICS: readonly CommonMetric[] = MODEL_METRIC_NAMES.filter(isCommon);

function isOptional(name: ModelMetric): name is OptionalMetric {
  return "optional" in MODEL_METRICS[name];
}

function isCommon(name: ModelMetric): name is CommonMetric {
  return !isOptional(name);
}

/**
 * Mean self-information of what is shown, in bits: log₂ of the number of users per user who knew
 * the item (Zhou et al. 2010; an item that no user knew counts as known by one). 0 means that every
 * user knew all of it.
 *
 * @param usersOfItem For each item, the number of users with an event on it in the training data.
 * @param users The number of users in the training data.
 */
export function novelty(shown: Uint32Array, usersOfItem: Uint32Array, users: number): number {
  let bits = 0;
  for (const item of shown) bits += Math.log2(users / Math.max(1, usersOfItem[item]));
  return shown.length === 0 ? 0 : bits / shown.length;
}
