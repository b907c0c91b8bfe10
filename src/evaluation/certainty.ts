import {
  bootstrapMeans,
  type BootstrapOptions,
  holm,
  type Interval,
  pairedPValue,
  percentileInterval,
} from "./bootstrap.ts";
import type { Evaluation, Task } from "./evaluate.ts";
import { LIST_METRICS, type ListMetrics } from "./metrics.ts";
import { winnerOf } from "./rows.ts";

/** How sure one model's figures at a task are. */
export interface Certainty {
  readonly model: string;
  readonly task: Task;
  /** 95% bootstrap interval over users, for each metric. */
  readonly intervals: Readonly<Record<keyof ListMetrics, Interval>>;
  /** Paired bootstrap of NDCG against the model with the highest; absent for that model itself. */
  readonly pValueWinner?: number;
  /** Paired bootstrap of NDCG against popularity; absent for that model, or where it wasn't measured. */
  readonly pValuePopularity?: number;
}

/**
 * How far chance, the choice of users, could have moved the figures. All models are resampled together, with
 * the same users, so that comparisons are paired; p-values are corrected for their number by Holm's method,
 * those against the winner and those against popularity each on their own.
 *
 * @param evaluations Of models measured on the same users.
 * @returns In the order given; empty where nobody was measured.
 */
export function certaintyOf(
  evaluations: readonly Evaluation[],
  task: Task,
  options: BootstrapOptions = {},
): Certainty[] {
  const winner = winnerOf(evaluations, task);
  if (winner === undefined) return [];
  const means = bootstrapMeans(
    evaluations.flatMap(({ tasks }) => LIST_METRICS.map((name) => tasks[task].perUser[name])),
    options,
  );
  const meansOf = (model: number, metric: keyof ListMetrics) =>
    means[model * LIST_METRICS.length + LIST_METRICS.indexOf(metric)];
  const names = evaluations.map(({ model }) => model);
  const against = (reference: string) => comparePairs(names, reference, (i) => meansOf(i, "ndcg"));
  const toWinner = against(winner);
  const toPopularity = against("popularity");
  return names.map((model, i) => ({
    model,
    task,
    intervals: {
      precision: percentileInterval(meansOf(i, "precision")),
      recall: percentileInterval(meansOf(i, "recall")),
      ndcg: percentileInterval(meansOf(i, "ndcg")),
      map: percentileInterval(meansOf(i, "map")),
      mrr: percentileInterval(meansOf(i, "mrr")),
      hitRate: percentileInterval(meansOf(i, "hitRate")),
    },
    ...(toWinner.has(model) && { pValueWinner: toWinner.get(model) }),
    ...(toPopularity.has(model) && { pValuePopularity: toPopularity.get(model) }),
  }));
}

/** Corrected p-values of all models but the reference itself, by name; none without the reference. */
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
