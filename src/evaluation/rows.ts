import { type Evaluation, type Task, TASKS } from "./evaluate.ts";
import type { Figures } from "./tally.ts";

/** One line of the comparison: the figures of a model at a task. */
export interface EvaluationRow extends Figures {
  readonly model: string;
  readonly task: Task;
  /** Length of the lists. */
  readonly k: number;
}

/** One line per task and model, task by task. */
export function toRows(evaluations: readonly Evaluation[]): EvaluationRow[] {
  return TASKS.flatMap((task) =>
    evaluations.map(({ model, k, tasks }) => {
      const { perUser: _, ...metrics } = tasks[task];
      return { model, task, k, ...metrics };
    })
  );
}

/**
 * The model with the highest NDCG at a task; of a tie the first. Ranking decides, never RMSE: the
 * model that predicts ratings best seldom has the best lists.
 *
 * @returns `undefined` if no user could be measured.
 */
export function winnerOf(evaluations: readonly Evaluation[], task: Task): string | undefined {
  const measured = evaluations.filter(({ tasks }) => tasks[task].users > 0);
  if (measured.length === 0) return undefined;
  return measured.reduce((best, other) =>
    other.tasks[task].ndcg > best.tasks[task].ndcg ? other : best
  ).model;
}
