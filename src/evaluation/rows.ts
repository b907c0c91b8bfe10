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
