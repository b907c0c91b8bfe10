import { gini } from "../linalg/gini.ts";
import { diversityBy } from "./diversity.ts";
import { LIST_METRICS, type ListMetrics, measureList, novelty, sumErrors } from "./metrics.ts";
import type { PreparedHoldout } from "./prepared_holdout.ts";

/** How a model did at one task, over all users who had something to predict in it. */
export interface TaskResult extends ListMetrics {
  /** How many users were measured. */
  readonly users: number;
  /** Share of the catalogue that at least one user was shown. */
  readonly coverage: number;
  /** Mean self-information of what was shown, in bits. */
  readonly novelty: number;
  /** How unequally products were shown, those never shown among them: 0 all alike, near 1 only a few. */
  readonly gini: number;
  /** Mean intra-list diversity, from 0 to 1; only where something is known of the products. */
  readonly diversity?: number;
  /** Root mean square error of the predicted ratings; only of models that predict ratings. */
  readonly rmse?: number;
  /** Mean absolute error of the predicted ratings; only of models that predict ratings. */
  readonly mae?: number;
  /** Each user's number and metrics, for intervals, tests and breakdowns. */
  readonly perUser: PerUser;
}

/** Parallel arrays, one entry per measured user. */
export interface PerUser extends Readonly<Record<keyof ListMetrics, Float32Array>> {
  /** Row numbers, ascending. */
  readonly users: Uint32Array;
}

/** Collects one user's list after another. */
export interface Tally {
  /** Length of the lists. */
  readonly k: number;
  addList(user: number, ranked: Uint32Array, relevant: ReadonlySet<number>): void;
  addRating(predicted: number, actual: number): void;
  result(): TaskResult;
}

/**
 * Begins to collect lists. Memory: seven numbers of 32 bits per user and one per item.
 *
 * @param options `k`: length of the lists. `capacity`: how many users there can be at most.
 */
export function createTally(
  { usersOfItem, activeUsers, terms }: Pick<
    PreparedHoldout,
    "usersOfItem" | "activeUsers" | "terms"
  >,
  { k, capacity }: { k: number; capacity: number },
): Tally {
  const diversityOf = terms && diversityBy(terms);
  const timesShown = new Uint32Array(usersOfItem.length);
  const users = new Uint32Array(capacity);
  const columns = perMetric(() => new Float32Array(capacity));
  const sums = perMetric(() => 0);
  const ratings = sumErrors();
  let size = 0, noveltySum = 0, diversitySum = 0, diverseLists = 0;
  return {
    k,
    addList(user, ranked, relevant) {
      const metrics = measureList(ranked, relevant, k);
      for (const name of LIST_METRICS) {
        columns[name][size] = metrics[name];
        sums[name] += metrics[name];
      }
      users[size++] = user;
      noveltySum += novelty(ranked, usersOfItem, activeUsers);
      for (const item of ranked) timesShown[item]++;
      const diversity = diversityOf?.(ranked);
      if (diversity === undefined) return;
      diversitySum += diversity;
      diverseLists++;
    },
    addRating: ratings.add,
    result: () => ({
      users: size,
      ...perMetric((name) => sums[name] / Math.max(1, size)),
      coverage: shareAbove0(timesShown),
      novelty: noveltySum / Math.max(1, size),
      gini: gini(timesShown) || 0,
      ...(diversityOf && { diversity: diversitySum / Math.max(1, diverseLists) }),
      ...ratings.result(),
      perUser: {
        users: users.slice(0, size),
        ...perMetric((name) => columns[name].slice(0, size)),
      },
    }),
  };
}

function perMetric<Value>(
  make: (name: keyof ListMetrics) => Value,
): Record<keyof ListMetrics, Value> {
  return {
    precision: make("precision"),
    recall: make("recall"),
    ndcg: make("ndcg"),
    map: make("map"),
    mrr: make("mrr"),
    hitRate: make("hitRate"),
  };
}

/** 0 for no values. */
function shareAbove0(values: Uint32Array): number {
  let above = 0;
  for (const value of values) if (value > 0) above++;
  return above / Math.max(1, values.length);
}
