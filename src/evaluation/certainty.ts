import { popularity } from "../models/popularity.ts";
import { bootstrapMeans, type BootstrapOptions } from "../linalg/bootstrap.ts";
import { holm, type Interval, pairedPValue, percentileInterval } from "./bootstrap.ts";
import { type Evaluation, type Task, TASKS, winnerOf } from "./evaluate.ts";
import {
  LIST_METRIC_NAMES,
  type ListMetric,
  type ListMetrics,
  perListMetric,
} from "./list_metrics.ts";
import { type EvaluationRow, toRows } from "./rows.ts";

/** How certain one model's figures at a task are. */
export interface Certainty {
  readonly model: string;
  readonly task: Task;
  /** 95% bootstrap interval over users, for each metric. */
  readonly intervals: Readonly<Record<ListMetric, Interval>>;
  /** Paired bootstrap of NDCG against the model with the highest; absent for that model itself. */
  readonly pValueWinner?: number;
  /**
   * Paired bootstrap of NDCG against popularity; absent for popularity, or if it wasn't measured.
   */
  readonly pValuePopularity?: number;
}

/**
 * How far the choice of users could have moved the figures. All models are resampled together, with
 * the same users, so that comparisons are paired. P-values are those of {@linkcode pValuesAgainst}.
 *
 * @param evaluations Of models measured on the same users.
 * @returns One per model, in the given order; empty if no user was measured.
 */
export function certaintyOf(
  evaluations: readonly Evaluation[],
  task: Task,
  options: BootstrapOptions = {},
): Certainty[] {
  const winner = winnerOf(evaluations, task);
  if (winner === undefined) return [];
  const means = bootstrapMeans(
    evaluations.flatMap(({ tasks }) => LIST_METRIC_NAMES.map((name) => tasks[task].perUser[name])),
    options,
  );
  const meansOf = (model: number, metric: ListMetric) =>
    means[model * LIST_METRIC_NAMES.length + LIST_METRIC_NAMES.indexOf(metric)];
  const names = evaluations.map(({ model }) => model);
  const against = (reference: string) => comparePairs(names, reference, (i) => meansOf(i, "ndcg"));
  const toWinner = against(winner);
  const toPopularity = against(popularity.name);
  return names.map((model, i) => ({
    model,
    task,
    intervals: perListMetric((name) => percentileInterval(meansOf(i, name))),
    ...(toWinner.has(model) && { pValueWinner: toWinner.get(model) }),
    ...(toPopularity.has(model) && { pValuePopularity: toPopularity.get(model) }),
  }));
}

/**
 * P-values of the NDCG of all models against that of one of them: paired bootstrap, two-sided,
 * corrected by Holm's method for the number of models compared with it.
 *
 * @param evaluations Of models measured on the same users.
 * @returns By name, without the reference; empty if the reference wasn't measured.
 */
export function pValuesAgainst(
  reference: string,
  evaluations: readonly Evaluation[],
  task: Task,
): ReadonlyMap<string, number> {
  const means = bootstrapMeans(evaluations.map(({ tasks }) => tasks[task].perUser.ndcg));
  return comparePairs(evaluations.map(({ model }) => model), reference, (model) => means[model]);
}

/** As {@linkcode pValuesAgainst}, of means resampled before. */
function comparePairs(
  names: readonly string[],
  reference: string,
  meansOf: (model: number) => Float64Array,
): Map<string, number> {
  const at = names.indexOf(reference);
  if (at < 0) return new Map();
  const others = names.filter((name) => name !== reference);
  const pValues = others.map((name) => pairedPValue(meansOf(names.indexOf(name)), meansOf(at)));
  const corrected = holm(pValues);
  return new Map(others.map((name, i) => [name, corrected[i]]));
}

/** One line of the comparison with its certainty. */
export interface CertainRow extends EvaluationRow {
  /** Lower ends of the 95% intervals, by metric; absent if no user was measured. */
  readonly low?: ListMetrics;
  /** Upper ends of the 95% intervals, by metric. */
  readonly high?: ListMetrics;
  /** See {@linkcode Certainty.pValueWinner}. */
  readonly pValueWinner?: number;
  /** See {@linkcode Certainty.pValuePopularity}. */
  readonly pValuePopularity?: number;
}

/** One line per task and model, task by task, each with its certainty. */
export function toCertainRows(
  evaluations: readonly Evaluation[],
  options: BootstrapOptions = {},
): CertainRow[] {
  const certainties = TASKS.flatMap((task) => certaintyOf(evaluations, task, options));
  return toRows(evaluations).map((row) => {
    const found = certainties.find(({ model, task }) => model === row.model && task === row.task);
    if (!found) return row;
    const { intervals, model: _model, task: _task, ...pValues } = found;
    return {
      ...row,
      low: perListMetric((name) => intervals[name].low),
      high: perListMetric((name) => intervals[name].high),
      ...pValues,
    };
  });
}
