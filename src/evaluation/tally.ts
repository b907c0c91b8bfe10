import { gini } from "../linalg/gini.ts";
import { diversityBy } from "./metrics/diversity.ts";
import { measureGains } from "./metrics/gained_list.ts";
import {
  LIST_METRIC_NAMES,
  LIST_METRICS,
  type ListMetric,
  type ListMetrics,
  perListMetric,
  scanList,
} from "./list_metrics.ts";
import { type ModelMetrics, novelty } from "./model_metrics.ts";
import type { PreparedHoldout } from "./prepared_holdout.ts";
import { sumErrors } from "./rating_errors.ts";

/** The figures of a model at one task, over all users with something to predict in it. */
export interface Figures extends ListMetrics, ModelMetrics {
  /** Number of measured users. */
  readonly users: number;
}

/** {@linkcode Figures} with those of each user. */
export interface TaskResult extends Figures {
  /** Each user's number and metrics, for intervals, tests and breakdowns. */
  readonly perUser: PerUser;
}

/** Parallel arrays, one entry per measured user. */
export interface PerUser extends Readonly<Record<ListMetric, Float32Array>> {
  /** Row numbers, ascending. */
  readonly users: Uint32Array;
}

/** Collects lists user by user. */
export interface Tally {
  /** Length of the lists. */
  readonly k: number;
  addList(user: number, ranked: Uint32Array, relevant: ReadonlySet<number>): void;
  addRating(predicted: number, actual: number): void;
  result(): TaskResult;
}

const FORMULAS = LIST_METRIC_NAMES.map((name) => LIST_METRICS[name].compute);

/**
 * Starts a collection of lists. Memory: 32 bits per metric and user, and per item.
 *
 * @param options `k`: length of the lists. `capacity`: the maximum number of users.
 */
export function createTally(
  { usersOfItem, activeUsers, terms, gains, calibrationError }: Pick<
    PreparedHoldout,
    "usersOfItem" | "activeUsers" | "terms" | "gains" | "calibrationError"
  >,
  { k, capacity }: { k: number; capacity: number },
): Tally {
  const diversityOf = terms && diversityBy(terms);
  const timesShown = new Uint32Array(usersOfItem.length);
  const users = new Uint32Array(capacity);
  const columns = FORMULAS.map(() => new Float32Array(capacity));
  const sums = new Float64Array(FORMULAS.length);
  const ratings = sumErrors();
  const diversity = sumKnown(), calibration = sumKnown(), price = sumKnown();
  const ownValue = sumKnown();
  const unbiased = { recall: sumKnown(), ndcg: sumKnown() };
  let size = 0, noveltySum = 0;
  return {
    k,
    addList(user, ranked, relevant) {
      const list = scanList(ranked, relevant, k);
      for (let m = 0; m < FORMULAS.length; m++) {
        const value = FORMULAS[m](list);
        columns[m][size] = value;
        sums[m] += value;
      }
      users[size++] = user;
      noveltySum += novelty(ranked, usersOfItem, activeUsers);
      for (const item of ranked) timesShown[item]++;
      diversity.add(diversityOf?.(ranked));
      calibration.add(calibrationError?.(user, ranked));
      price.add(gains.price && measureGains(list, gains.price)?.ndcg);
      ownValue.add(gains.value && measureGains(list, gains.value)?.ndcg);
      const { recall, ndcg } = measureGains(list, gains.inversePropensity) ?? {};
      unbiased.recall.add(recall);
      unbiased.ndcg.add(ndcg);
    },
    addRating: ratings.add,
    result: () => ({
      users: size,
      ...perListMetric((_, m) => sums[m] / Math.max(1, size)),
      coverage: shareAbove0(timesShown),
      novelty: noveltySum / Math.max(1, size),
      gini: gini(timesShown) || 0,
      ...(diversityOf && { diversity: diversity.mean() ?? 0 }),
      ...present({
        calibrationError: calibration.mean(),
        priceNdcg: price.mean(),
        valueNdcg: ownValue.mean(),
        unbiasedRecall: unbiased.recall.mean(),
        unbiasedNdcg: unbiased.ndcg.mean(),
      }),
      ...ratings.result(),
      perUser: {
        users: users.slice(0, size),
        ...perListMetric((_, m) => columns[m].slice(0, size)),
      },
    }),
  };
}

/** 0 for no values. */
function shareAbove0(values: Uint32Array): number {
  let above = 0;
  for (const value of values) if (value > 0) above++;
  return above / Math.max(1, values.length);
}

/** Sums what some lists have and others don't. */
function sumKnown() {
  let sum = 0, count = 0;
  return {
    add(value: number | undefined): void {
      if (value === undefined) return;
      sum += value;
      count++;
    },
    /** `undefined` if no list had a value. */
    mean: () => count === 0 ? undefined : sum / count,
  };
}

/** The entries that have a value. */
function present<Values extends object>(values: Values): Values {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Values;
}
