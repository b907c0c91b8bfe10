import { type Certainty, certaintyOf } from "../../src/evaluation/certainty.ts";
import { type Evaluation, type Task, TASKS } from "../../src/evaluation/evaluate.ts";
import { toRows } from "../../src/evaluation/rows.ts";
import type { Split } from "../../src/interactions/split.ts";
import { summarizeSplit } from "../../src/interactions/split.ts";
import { formatTable } from "./table.ts";

/** What a table of each task is headed. */
export const TASK_TITLES: Readonly<Record<Task, string>> = {
  new: "New products (those a user knew are neither shown nor expected)",
  all: "All products (coming back to a known one counts)",
};

/** Lays out evaluations as a table for each task, the best NDCG first, with the users they rest on. */
export function formatComparison(window: string, evaluations: readonly Evaluation[]): string {
  if (evaluations.length === 0) return `Nothing happened in the ${window} window: no comparison`;
  const { measured, measurable, withoutHistory, withoutTruth } = evaluations[0].population;
  const people =
    `${count(measured)} of ${count(measurable)} users with a history and a future in ` +
    `the ${window} window; left out: ${count(withoutHistory)} without a history, ` +
    `${count(withoutTruth)} who did not return`;
  return [people, ...TASKS.map((task) => formatTask(task, evaluations))].join("\n");
}

function formatTask(task: Task, evaluations: readonly Evaluation[]): string {
  const { k } = evaluations[0];
  const certainties = new Map(certaintyOf(evaluations, task).map((row) => [row.model, row]));
  const rows = toRows(evaluations).filter((row) => row.task === task)
    .toSorted((a, b) => b.ndcg - a.ndcg);
  const withRatings = rows.some((row) => row.rmse !== undefined);
  const shares = ["recall", "precision", "map", "mrr", "hitRate", "coverage"] as const;
  return `\n${TASK_TITLES[task]}, ${count(rows[0].users)} users, lists of ${k}\n` + formatTable(
    [
      ...["model", "NDCG", "95% interval", "p best", "p pop.", "recall", "prec.", "MAP", "MRR"],
      ...["hits", "cover.", "novelty"],
      ...(withRatings ? ["RMSE", "MAE"] : []),
    ],
    rows.map((row) => {
      const certainty = certainties.get(row.model);
      return [
        row.model,
        share(row.ndcg),
        ...formatCertainty(certainty),
        ...shares.map((name) => share(row[name])),
        `${row.novelty.toFixed(1)} bit`,
        ...(withRatings ? [row.rmse?.toFixed(3) ?? "", row.mae?.toFixed(3) ?? ""] : []),
      ];
    }),
  );
}

function formatCertainty(certainty: Certainty | undefined): [string, string, string] {
  if (!certainty) return ["", "", ""];
  const { intervals: { ndcg }, pValueWinner, pValuePopularity } = certainty;
  const p = (value: number | undefined) =>
    value === undefined ? "" : value.toFixed(3).replace(/^0\./, ".");
  return [`${share(ndcg.low)}–${share(ndcg.high)}`, p(pValueWinner), p(pValuePopularity)];
}

/** Four digits, without the zero before the point, as papers print them. */
function share(value: number): string {
  return value.toFixed(4).replace(/^0\./, ".");
}

/** Lays out what fell into which part of a split. */
export function formatSplit(split: Split): string {
  const from = [undefined, split.validationStart, split.testStart];
  return formatTable(
    ["part", "from (UTC)", "events", "users", "new users", "pairs", "repeated pairs"],
    summarizeSplit(split).map((part, i) => [
      part.part,
      timeText(from[i]),
      ...[part.events, part.users, part.newUsers, part.pairs, part.repeatPairs].map(count),
    ]),
  );
}

/** A moment, in seconds since 1970-01-01 UTC, to the minute; nothing stands for the first of all. */
export function timeText(seconds: number | undefined): string {
  if (seconds === undefined) return "the beginning";
  return new Date(1000 * seconds).toISOString().slice(0, 16).replace("T", " ");
}

/** A whole number with its thousands apart. */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}
