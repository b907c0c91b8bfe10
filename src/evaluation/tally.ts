import { historyOf, type Interactions } from "../interactions/interactions.ts";
import { type ListMetrics, measureList, novelty, ratingErrors } from "./metrics.ts";

/** How a model did at one task, over all users who had something to predict in it. */
export interface TaskResult extends ListMetrics {
  /** How many users were measured. */
  readonly users: number;
  /** Share of the catalogue that at least one user was shown. */
  readonly coverage: number;
  /** Mean self-information of what was shown, in bits. */
  readonly novelty: number;
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
 * Begins to collect lists.
 *
 * @param history What is known before the cut; novelty is measured against it.
 * @param k Length of the lists.
 */
export function createTally(history: Interactions, k: number): Tally {
  const usersOfItem = countUsers(history);
  const activeUsers = countActive(history);
  const shown = new Uint8Array(history.itemIds.size);
  const users: number[] = [];
  const metrics: ListMetrics[] = [];
  const predicted: number[] = [];
  const actual: number[] = [];
  let noveltySum = 0;
  return {
    k,
    addList(user, ranked, relevant) {
      users.push(user);
      metrics.push(measureList(ranked, relevant, k));
      noveltySum += novelty(ranked, usersOfItem, activeUsers);
      for (const item of ranked) shown[item] = 1;
    },
    addRating(prediction, rating) {
      predicted.push(prediction);
      actual.push(rating);
    },
    result: () => ({
      users: users.length,
      ...perMetric((name) => mean(metrics.map((metric) => metric[name]))),
      coverage: mean(shown),
      novelty: users.length === 0 ? 0 : noveltySum / users.length,
      ...(predicted.length > 0 && ratingErrors(predicted, actual)),
      perUser: {
        users: Uint32Array.from(users),
        ...perMetric((name) => Float32Array.from(metrics, (metric) => metric[name])),
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
function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / Math.max(1, values.length);
}

/** For each item, how many users did anything with it. */
function countUsers(history: Interactions): Uint32Array {
  const counts = new Uint32Array(history.itemIds.size);
  for (let user = 0; user < history.userIds.size; user++) {
    for (const item of new Set(historyOf(history, user).items)) counts[item]++;
  }
  return counts;
}

function countActive({ userIds, indptr }: Interactions): number {
  let active = 0;
  for (let user = 0; user < userIds.size; user++) {
    if (indptr[user + 1] > indptr[user]) active++;
  }
  return active;
}
