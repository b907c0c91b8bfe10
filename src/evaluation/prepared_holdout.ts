import type { Catalogue } from "../interactions/catalogue.ts";
import { familiarityOf } from "../interactions/familiarity.ts";
import { historyOf, type Interactions } from "../interactions/interactions.ts";
import type { Familiarity } from "../interactions/statistics.ts";
import type { Csr } from "../linalg/sparse/csr.ts";
import { createRandom, shuffle } from "../linalg/random.ts";
import { categoryNumbers } from "../models/completion/category_popularity.ts";
import { productTerms } from "../models/content/product_terms.ts";
import type { Supplement } from "../models/completion/complete_list.ts";
import { trainedSupplements } from "../models/completion/trained_supplements.ts";
import { calibrationError } from "../models/reranking/calibration.ts";
import { type CategoryShares, categoryShares } from "../models/reranking/category_shares.ts";
import { inversePropensities, type ItemGains, valueGains } from "./metrics/gained_list.ts";
import { type Holdout, requirePast } from "./holdout.ts";

/** Which users to measure, and what hits on items count. */
export interface PopulationOptions {
  /**
   * Maximum number of users to measure; if there are more, a sample drawn by `seed`. Default all.
   */
  maxUsers?: number;
  /** Default 1. */
  seed?: number;
  /**
   * For each item a value of its own, such as the margin of a product, for `valueNdcg`; one that
   * isn't above 0 counts as unknown. Default none.
   */
  values?: Float32Array;
  /**
   * How strongly the unbiased metrics discount popularity: see `inversePropensities`. Default 0.5.
   */
  propensityPower?: number;
  /** Facts of all users before the window, if the holdout has a sample of them. */
  everybody?: Everybody;
}

/** Facts of more users than a holdout has. */
export interface Everybody {
  readonly familiarity: Familiarity;
  /** The default model `popularity`'s counts, one per item. */
  readonly popularity: Float32Array;
}

/** Numbers of users that were measured, and that weren't. */
export interface Population {
  /** Users with a history and something to predict. */
  readonly measurable: number;
  /** Those who were measured: all of them, or a sample. */
  readonly measured: number;
  /** Users without an event in the window: there is nothing to predict. */
  readonly withoutTruth: number;
  /**
   * The share, from 0 to 1, of the products that the measured users went on to whose price isn't
   * known. Absent without a catalogue, and in artifacts of older programs.
   */
  readonly unpriced?: number;
  /** Users without an event before what is to predict: every model shows them popular products. */
  readonly withoutHistory: number;
}

/** A holdout with everything that measuring needs and that all models share. */
export interface PreparedHoldout extends Holdout, Familiarity {
  /** The users to measure, with a history and something to predict; row numbers, ascending. */
  readonly users: Uint32Array;
  /** Users without a history but with something to predict, sampled in the same way. */
  readonly newcomers: Uint32Array;
  readonly population: Population;
  /** What a hit counts: the product's price, its value, or more the fewer users knew it. */
  readonly gains: {
    readonly price?: ItemGains;
    readonly value?: ItemGains;
    readonly inversePropensity: ItemGains;
  };
  /**
   * The calibration error of a user's list; `undefined` without a known category, or an item.
   * Absent without a catalogue.
   */
  readonly calibrationError?: (user: number, items: Uint32Array) => number | undefined;
  /** The products' terms, rows of norm 1; absent without a catalogue. */
  readonly terms?: Csr;
  /** What completes the lists of all models, as in the service. */
  readonly supplements: () => Iterable<Supplement>;
}

/** Number of price bands for comparing products; the default of `content`. */
const PRICE_BANDS = 10;

/**
 * Computes once what measuring each model on a holdout needs.
 *
 * @throws {RangeError} If the history or the training data overlaps the truth in time.
 */
export function prepareHoldout(
  holdout: Holdout,
  options: PopulationOptions = {},
): PreparedHoldout {
  requirePast(holdout);
  const { history: { catalogue }, past = holdout.history } = holdout;
  const terms = catalogue && productTerms(catalogue, PRICE_BANDS);
  const { everybody, values, propensityPower } = options;
  const familiarity = everybody?.familiarity ?? familiarityOf(past);
  const chosen = choosePopulation(holdout, options);
  const price = catalogue && valueGains(catalogue.price);
  const unpriced = price && unpricedShare(holdout.truth, chosen.users, price);
  return {
    ...holdout,
    ...chosen,
    population: { ...chosen.population, ...(unpriced !== undefined && { unpriced }) },
    ...familiarity,
    gains: {
      ...(price && { price }),
      ...(values && { value: valueGains(values) }),
      inversePropensity: inversePropensities(familiarity.usersOfItem, propensityPower),
    },
    ...(catalogue && { calibrationError: calibrationBy(catalogue, holdout.history) }),
    ...(terms && { terms }),
    supplements: trainedSupplements(holdout.fittedTo ?? past, {
      terms,
      popularity: everybody?.popularity,
    }),
  };
}

/** Keeps the shares of each user measured, for all tasks and models. */
function calibrationBy(
  catalogue: Catalogue,
  history: Interactions,
): PreparedHoldout["calibrationError"] {
  const categories = categoryNumbers(catalogue);
  const sharesOf = new Map<number, CategoryShares>();
  return (user, items) => {
    let shares = sharesOf.get(user);
    if (!shares) {
      shares = categoryShares(historyOf(history, user), categories);
      sharesOf.set(user, shares);
    }
    return calibrationError(shares, items, categories);
  };
}

/** Of the pairs of user and product; `undefined` if there are none. */
function unpricedShare(
  truth: Interactions,
  users: Uint32Array,
  price: ItemGains,
): number | undefined {
  let pairs = 0, unpriced = 0;
  for (const user of users) {
    for (const item of new Set(historyOf(truth, user).items)) {
      pairs++;
      if (Number.isNaN(price[item])) unpriced++;
    }
  }
  return pairs === 0 ? undefined : unpriced / pairs;
}

function choosePopulation(
  { history, truth }: Holdout,
  options: PopulationOptions,
): Pick<PreparedHoldout, "users" | "newcomers" | "population"> {
  const measurable: number[] = [];
  const newcomers: number[] = [];
  let withoutTruth = 0;
  for (let user = 0; user < history.userIds.size; user++) {
    const past = history.indptr[user + 1] - history.indptr[user];
    const future = truth.indptr[user + 1] - truth.indptr[user];
    if (past > 0 && future > 0) measurable.push(user);
    else if (future > 0) newcomers.push(user);
    else if (past > 0) withoutTruth++;
  }
  const users = sample(measurable, options);
  return {
    users,
    newcomers: sample(newcomers, options),
    population: {
      measurable: measurable.length,
      measured: users.length,
      withoutTruth,
      withoutHistory: newcomers.length,
    },
  };
}

/** Ascending. */
function sample(
  users: readonly number[],
  { maxUsers = Infinity, seed = 1 }: PopulationOptions,
): Uint32Array {
  const all = Uint32Array.from(users);
  if (all.length <= maxUsers) return all;
  return shuffle(all, createRandom(seed)).slice(0, maxUsers).sort();
}
