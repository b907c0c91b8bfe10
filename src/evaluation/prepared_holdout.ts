import { historyOf, type Interactions } from "../interactions/interactions.ts";
import type { Csr } from "../linalg/sparse/csr.ts";
import { createRandom, shuffle } from "../linalg/random.ts";
import { productTerms } from "../models/content/product_terms.ts";
import { type Holdout, requirePast } from "./holdout.ts";

/** Whom to measure. */
export interface PopulationOptions {
  /** At most so many users, drawn by `seed` where there are more. Default all. */
  maxUsers?: number;
  /** Default 1. */
  seed?: number;
}

/** Which users have been measured, and which not. */
export interface Population {
  /** Users with a history and something to predict. */
  readonly measurable: number;
  /** Those whose lists were measured: all of them, or as many as were asked for. */
  readonly measured: number;
  /** Users who did nothing after the cut: there is nothing to predict. */
  readonly withoutTruth: number;
  /** Users who did nothing before it: every model shows them what is popular. */
  readonly withoutHistory: number;
}

/** What users knew before the cut: what novelty and popularity go by. */
export interface Acquaintance {
  /** For each item, how many users did anything with it. */
  readonly usersOfItem: Uint32Array;
  /** How many users did anything at all. */
  readonly activeUsers: number;
}

/** A holdout with all that measuring needs and that is the same for every model. */
export interface PreparedHoldout extends Holdout, Acquaintance {
  /** Whom to measure: users with a history and something to predict; row numbers, ascending. */
  readonly users: Uint32Array;
  /** Users without a history but with something to predict, sampled likewise. */
  readonly newcomers: Uint32Array;
  readonly population: Population;
  /** The products' terms, rows of length 1; absent where nothing is known of the products. */
  readonly terms?: Csr;
}

/** Into how many bands prices fall where products are compared; as in the defaults of content. */
const PRICE_BANDS = 10;

/**
 * Does once what measuring several models on the same holdout needs every time.
 *
 * @throws {RangeError} If the history, or what models were fitted to, reaches into the truth.
 */
export function prepareHoldout(
  holdout: Holdout,
  options: PopulationOptions = {},
): PreparedHoldout {
  requirePast(holdout);
  const { catalogue } = holdout.history;
  return {
    ...holdout,
    ...choosePopulation(holdout, options),
    ...acquaintanceOf(holdout.history),
    ...(catalogue && { terms: productTerms(catalogue, PRICE_BANDS) }),
  };
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

function acquaintanceOf(history: Interactions): Acquaintance {
  const usersOfItem = new Uint32Array(history.itemIds.size);
  let activeUsers = 0;
  for (let user = 0; user < history.userIds.size; user++) {
    const items = new Set(historyOf(history, user).items);
    for (const item of items) usersOfItem[item]++;
    if (items.size > 0) activeUsers++;
  }
  return { usersOfItem, activeUsers };
}
