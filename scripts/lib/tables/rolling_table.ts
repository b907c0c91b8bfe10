import { formatCount } from "../../../src/base/format.ts";
import { type Task, TASKS } from "../../../src/evaluation/evaluate.ts";
import { TASK_TITLES } from "../../../src/evaluation/titles.ts";
import type { Spread } from "../../../src/evaluation/spread.ts";
import type { RollingEvaluation } from "../../../src/training/rolling.ts";
import { timeText } from "./comparison_table.ts";
import { formatTable } from "./table.ts";

/**
 * Lays out a rolling evaluation: mean ± standard deviation over its windows, a table for each task.
 */
export function formatRolling(rolling: RollingEvaluation): string {
  const windows = rolling.folds.map(({ from, evaluations }) =>
    `${timeText(from)} (${formatCount(evaluations[0]?.population.measured ?? 0)} users)`
  );
  const from = `Windows from, UTC: ${windows.join(", ")}`;
  const tables = TASKS.map((task) => formatTask(rolling, task));
  return [from, ...tables.filter((table) => table !== "")].join("\n\n");
}

function formatTask({ folds, summary }: RollingEvaluation, task: Task): string {
  const rows = summary.filter((row) => row.task === task)
    .toSorted((a, b) => b.ndcg.mean - a.ndcg.mean);
  if (rows.length === 0) return "";
  const { k } = rows[0];
  const withRatings = rows.some(({ rmse }) => rmse !== undefined);
  return `${TASK_TITLES[task]}, mean ± standard deviation over ${rows[0].folds} windows\n` +
    formatTable(
      [
        "model",
        `NDCG@${k}`,
        ...folds.map((_, fold) => `window ${fold + 1}`),
        ...["recall", "precision", "MAP", "MRR", "hits"].map((name) => `${name}@${k}`),
        "coverage",
        ...(withRatings ? ["RMSE", "MAE"] : []),
      ],
      rows.map((row) => [
        row.model,
        spreadText(row.ndcg),
        ...folds.map(({ evaluations }) => {
          const result = evaluations.find(({ model }) => model === row.model)?.tasks[task];
          return result && result.users > 0 ? result.ndcg.toFixed(4) : "";
        }),
        ...[row.recall, row.precision, row.map, row.mrr, row.hitRate, row.coverage].map(
          (spread) => spreadText(spread),
        ),
        ...(withRatings ? [row.rmse, row.mae].map((spread) => spreadText(spread, 3)) : []),
      ]),
    );
}

function spreadText(spread: Spread | undefined, digits = 4): string {
  return spread ? `${spread.mean.toFixed(digits)} ± ${spread.deviation.toFixed(digits)}` : "";
}
