import type { Evaluation, Task } from "./evaluate.ts";
import { TASKS } from "./evaluate.ts";
import type { ListMetrics } from "./metrics.ts";

/** One line of the comparison: a model at a task. All metrics but novelty, RMSE and MAE lie between 0 and 1. */
export interface EvaluationRow extends ListMetrics {
  readonly model: string;
  readonly task: Task;
  /** Length of the lists. */
  readonly k: number;
  /** How many users were measured. */
  readonly users: number;
  /** Share of the catalogue that at least one user was shown. */
  readonly coverage: number;
  /** In bits. */
  readonly novelty: number;
  /** How unequally products were shown: 0 all alike, near 1 only a few. */
  readonly gini: number;
  /** Mean intra-list diversity; only where something is known of the products. */
  readonly diversity?: number;
  readonly rmse?: number;
  readonly mae?: number;
}

/** Flattens evaluations into lines, one per task and model, task by task. */
export function toRows(evaluations: readonly Evaluation[]): EvaluationRow[] {
  return TASKS.flatMap((task) =>
    evaluations.map(({ model, k, tasks }) => {
      const { perUser: _, ...metrics } = tasks[task];
      return { model, task, k, ...metrics };
    })
  );
}

/**
 * The model with the highest NDCG at a task; of equals the first. Ranking decides, never RMSE: the model that
 * predicts ratings best is seldom the one whose lists are best.
 *
 * @returns `undefined` where nobody could be measured.
 */
export function winnerOf(evaluations: readonly Evaluation[], task: Task): string | undefined {
  const measured = evaluations.filter(({ tasks }) => tasks[task].users > 0);
  if (measured.length === 0) return undefined;
  return measured.reduce((best, other) =>
    other.tasks[task].ndcg > best.tasks[task].ndcg ? other : best
  ).model;
}
