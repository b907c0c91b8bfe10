import { formatCounted } from "../../../src/base/format.ts";
import { type Task, TASKS } from "../../../src/evaluation/evaluate.ts";
import { LIST_METRIC_COLUMNS, LIST_METRICS } from "../../../src/evaluation/list_metrics.ts";
import { MODEL_METRIC_NAMES, MODEL_METRICS } from "../../../src/evaluation/model_metrics.ts";
import { PROTOCOL_TITLES, TASK_TITLES } from "../../../src/evaluation/titles.ts";
import type { Spread } from "../../../src/evaluation/spread.ts";
import type { RollingEvaluation } from "../../../src/training/rolling.ts";
import { timeText } from "./comparison_table.ts";
import { formatTable } from "./table.ts";
import { wrapText } from "./wrap.ts";

/**
 * Lays out a rolling evaluation: mean ± standard deviation over its windows, a table for each task.
 */
export function formatRolling(rolling: RollingEvaluation): string {
  const windows = rolling.folds.map(({ from, evaluations }) =>
    `${timeText(from)} (${formatCounted(evaluations[0]?.population.measured ?? 0, "user")})`
  );
  const from = `Windows from, UTC: ${windows.join(", ")}`;
  const tables = TASKS.map((task) => formatTask(rolling, task));
  const heads = [PROTOCOL_TITLES[rolling.protocol], from].map((text) => wrapText(text));
  return [...heads, ...tables.filter((table) => table !== "")].join(
    "\n\n",
  );
}

function formatTask({ folds, summary }: RollingEvaluation, task: Task): string {
  const rows = summary.filter((row) => row.task === task)
    .toSorted((a, b) => b.ndcg.mean - a.ndcg.mean);
  if (rows.length === 0) return "";
  const { k } = rows[0];
  const [deciding, ...others] = LIST_METRIC_COLUMNS;
  const shown = MODEL_METRIC_NAMES.filter((name) =>
    name === "coverage" || MODEL_METRICS[name].of === "ratings"
  );
  const ofModel = shown.filter((name) => rows.some((row) => row[name] !== undefined));
  const windows = formatCounted(rows[0].folds, "window");
  return `${wrapText(`${TASK_TITLES[task]}, mean ± standard deviation over ${windows}`)}\n` +
    formatTable(
      [
        "model",
        `${LIST_METRICS[deciding].heading}@${k}`,
        ...folds.map((_, fold) => `window ${fold + 1}`),
        ...others.map((name) => `${LIST_METRICS[name].heading}@${k}`),
        ...ofModel.map((name) => MODEL_METRICS[name].heading),
      ],
      rows.map((row) => [
        row.model,
        spreadText(row[deciding], LIST_METRICS[deciding]),
        ...folds.map(({ evaluations }) => {
          const result = evaluations.find(({ model }) => model === row.model)?.tasks[task];
          return result && result.users > 0
            ? result[deciding].toFixed(LIST_METRICS[deciding].digits)
            : "";
        }),
        ...others.map((name) => spreadText(row[name], LIST_METRICS[name])),
        ...ofModel.map((name) => spreadText(row[name], MODEL_METRICS[name])),
      ]),
    );
}

function spreadText(spread: Spread | undefined, { digits }: { readonly digits: number }): string {
  return spread ? `${spread.mean.toFixed(digits)} ± ${spread.deviation.toFixed(digits)}` : "";
}
