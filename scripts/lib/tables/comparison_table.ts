import { formatCount, formatFraction } from "../../../src/base/format.ts";
import { minuteText } from "../../../src/base/time.ts";
import type { CertainRow } from "../../../src/evaluation/certainty.ts";
import { type Task, TASKS } from "../../../src/evaluation/evaluate.ts";
import type { Population } from "../../../src/evaluation/prepared_holdout.ts";
import { TASK_TITLES } from "../../../src/evaluation/titles.ts";
import type { Split } from "../../../src/interactions/split.ts";
import { summarizeSplit } from "../../../src/interactions/split.ts";
import type { SkippedModel } from "../../../src/training/measure_models.ts";
import { formatTable } from "./table.ts";

/**
 * Lays out a comparison as a table for each task, the best NDCG first, with the users it rests on.
 *
 * @param window What it was measured on, `validation` or `test`.
 * @param population Whom it was measured on; absent where nobody could be.
 */
export function formatComparison(
  window: string,
  population: Population | undefined,
  rows: readonly CertainRow[],
): string {
  if (!population) return `Nothing happened in the ${window} window: no comparison`;
  const { measured, measurable, withoutHistory, withoutTruth } = population;
  const people =
    `${formatCount(measured)} of ${formatCount(measurable)} users with a history and a future in ` +
    `the ${window} window; left out: ${formatCount(withoutHistory)} without a history, ` +
    `${formatCount(withoutTruth)} who did not return`;
  const tables = TASKS.map((task) => formatAccuracy(rows.filter((row) => row.task === task)));
  return [people, ...tables, formatShown(rows)].join("\n\n");
}

/** One task's table. */
function formatAccuracy(rows: readonly CertainRow[]): string {
  const [{ task, users, k }] = rows;
  const withRatings = rows.some((row) => row.rmse !== undefined);
  const shares = ["recall", "precision", "map", "mrr", "hitRate"] as const;
  return `${TASK_TITLES[task]}, ${formatCount(users)} users, lists of ${k}\n` + formatTable(
    [
      ...["model", "NDCG", "95% interval", "p best", "p pop.", "recall", "prec.", "MAP", "MRR"],
      ...["hits", ...(withRatings ? ["RMSE", "MAE"] : [])],
    ],
    rows.toSorted((a, b) => b.ndcg - a.ndcg).map((row) => [
      row.model,
      formatFraction(row.ndcg),
      row.low && row.high ? `${formatFraction(row.low.ndcg)}–${formatFraction(row.high.ndcg)}` : "",
      pText(row.pValueWinner),
      pText(row.pValuePopularity),
      ...shares.map((name) => formatFraction(row[name])),
      ...(withRatings ? [row.rmse?.toFixed(3) ?? "", row.mae?.toFixed(3) ?? ""] : []),
    ]),
  );
}

/**
 * What the lists are like, whether anybody wanted what is in them or not; `repeats` has the lists
 * of `all`.
 */
function formatShown(rows: readonly CertainRow[]): string {
  const ofTask = (task: Task) => rows.filter((row) => row.task === task);
  const all = ofTask("all");
  const cells = (row: CertainRow | undefined) =>
    row
      ? [
        formatFraction(row.coverage),
        row.novelty.toFixed(1),
        row.gini.toFixed(2),
        row.diversity?.toFixed(2) ?? "",
      ]
      : ["", "", "", ""];
  return "What users are shown: share of the catalogue, bits of novelty, Gini index, diversity\n" +
    formatTable(
      [
        "model",
        ...["new: share", "novelty", "Gini", "diversity"],
        ...["all: share", "novelty", "Gini", "diversity"],
      ],
      ofTask("new").map((row) => [
        row.model,
        ...cells(row),
        ...cells(all.find(({ model }) => model === row.model)),
      ]),
    );
}

function pText(pValue: number | undefined): string {
  return pValue === undefined ? "" : formatFraction(pValue, 3);
}

/** Lays out what fell into which part of a split. */
export function formatSplit(split: Split): string {
  const from = [undefined, split.validationStart, split.testStart];
  return formatTable(
    ["part", "from (UTC)", "events", "users", "new users", "pairs", "repeated pairs"],
    summarizeSplit(split).map((part, i) => [
      part.part,
      timeText(from[i]),
      ...[part.events, part.users, part.newUsers, part.pairs, part.repeatPairs].map(formatCount),
    ]),
  );
}

/**
 * A moment, in seconds since 1970-01-01 UTC, to the minute; nothing stands for the first of all.
 */
export function timeText(seconds: number | undefined): string {
  if (seconds === undefined) return "the beginning";
  return minuteText(seconds);
}

/** Says which models were left out and why; empty where none was. */
export function formatSkipped(skipped: readonly SkippedModel[]): string {
  return skipped.map(({ model, reason }) => `\nLeft out ${model}: ${reason}\n`).join("");
}
