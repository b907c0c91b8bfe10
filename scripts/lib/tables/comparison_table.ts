import { formatCount, formatCounted, formatFraction } from "../../../src/base/format.ts";
import { minuteText } from "../../../src/base/time.ts";
import { formatPValue } from "../../../src/evaluation/bootstrap.ts";
import type { CertainRow } from "../../../src/evaluation/certainty.ts";
import { TASKS } from "../../../src/evaluation/evaluate.ts";
import {
  LIST_METRIC_COLUMNS,
  LIST_METRICS,
  type ListMetric,
} from "../../../src/evaluation/list_metrics.ts";
import {
  MODEL_METRIC_NAMES,
  MODEL_METRICS,
  type ModelMetric,
  type ModelMetricDefinition,
} from "../../../src/evaluation/model_metrics.ts";
import type { Population } from "../../../src/evaluation/prepared_holdout.ts";
import type { Protocol } from "../../../src/evaluation/holdout.ts";
import {
  gainsText,
  P_VALUE_NOTE,
  populationText,
  PROTOCOL_TITLES,
  TASK_TITLES,
} from "../../../src/evaluation/titles.ts";
import type { Split } from "../../../src/interactions/split.ts";
import { summarizeSplit } from "../../../src/interactions/split.ts";
import type { SkippedModel } from "../../../src/training/measure_models.ts";
import { formatTable } from "./table.ts";
import { wrapText } from "./wrap.ts";

/**
 * Lays out a comparison as a table for each task, the best NDCG first, with its numbers of users.
 *
 * @param measured The window, and what was predicted in it.
 * @param population The users measured; absent if the window has no events.
 */
export function formatComparison(
  { window, protocol }: { window: "validation" | "test"; protocol: Protocol },
  population: Population | undefined,
  rows: readonly CertainRow[],
): string {
  if (!population) return `No events in the ${window} window: nothing to compare`;
  const counts = wrapText(
    `${PROTOCOL_TITLES[protocol]}\n${populationText(population, { protocol, window })}`,
  );
  const tables = TASKS.map((task) => formatAccuracy(rows.filter((row) => row.task === task)));
  return [
    ...[counts, ...tables, wrapText(P_VALUE_NOTE)],
    ...[formatGains(rows, population), formatShown(rows)],
  ].join("\n\n");
}

/** One task's table. */
function formatAccuracy(rows: readonly CertainRow[]): string {
  const [{ task, users, k }] = rows;
  const [deciding, ...others] = LIST_METRIC_COLUMNS;
  const ratings = OF_RATINGS.filter((name) => rows.some((row) => row[name] !== undefined));
  const title = `${TASK_TITLES[task]}, ${formatCounted(users, "user")}, lists of ${k}`;
  return `${wrapText(title)}\n` + formatTable(
    [
      ...["model", LIST_METRICS[deciding].heading, "95% interval", "p best", "p pop."],
      ...others.map((name) => LIST_METRICS[name].heading),
      ...ratings.map((name) => MODEL_METRICS[name].heading),
    ],
    rows.toSorted((a, b) => b[deciding] - a[deciding]).map((row) => [
      row.model,
      shareText(deciding, row[deciding]),
      row.low && row.high
        ? `${shareText(deciding, row.low[deciding])}–${shareText(deciding, row.high[deciding])}`
        : "",
      pText(row.pValueWinner, rows.length - 1),
      pText(row.pValuePopularity, rows.length - 1),
      ...others.map((name) => shareText(name, row[name])),
      ...ratings.map((name) => metricText(name, row[name])),
    ]),
  );
}

/** The accuracy for new products with other gains, beside the plain one. */
function formatGains(rows: readonly CertainRow[], population: Population): string {
  const own = rows.filter(({ task }) => task === "new").toSorted((a, b) => b.ndcg - a.ndcg);
  const names = OF_GAINS.filter((name) => own.some((row) => row[name] !== undefined));
  const plain = ["ndcg", "recall"] as const;
  return wrapText(`New products, weighted. ${gainsText(population)}`) + "\n" + formatTable(
    [
      "model",
      ...plain.map((name) => LIST_METRICS[name].heading),
      ...names.map((name) => MODEL_METRICS[name].heading),
    ],
    own.map((row) => [
      row.model,
      ...plain.map((name) => shareText(name, row[name])),
      ...names.map((name) => metricText(name, row[name])),
    ]),
  );
}

/** Properties of the lists regardless of hits, a table each; `repeats` has the lists of `all`. */
function formatShown(rows: readonly CertainRow[]): string {
  return SHOWN.map(({ task, title }) =>
    `${title}; novelty in bits\n` +
    formatTable(
      ["model", ...OF_LISTS.map((name) => MODEL_METRICS[name].heading)],
      rows.filter((row) => row.task === task).map((row) => [
        row.model,
        ...OF_LISTS.map((name) => metricText(name, row[name])),
      ]),
    )
  ).join("\n\n");
}

const SHOWN = [
  { task: "new", title: "What users are shown of new products" },
  { task: "all", title: "What users are shown of all products" },
] as const;
const OF_LISTS = MODEL_METRIC_NAMES.filter((name) => MODEL_METRICS[name].of === "lists");
const OF_GAINS = MODEL_METRIC_NAMES.filter((name) => MODEL_METRICS[name].of === "gains");
const OF_RATINGS = MODEL_METRIC_NAMES.filter((name) => MODEL_METRICS[name].of === "ratings");

function shareText(name: ListMetric, value: number): string {
  return formatFraction(value, LIST_METRICS[name].digits);
}

function metricText(name: ModelMetric, value: number | undefined): string {
  if (value === undefined) return "";
  const { digits, unit }: ModelMetricDefinition = MODEL_METRICS[name];
  return unit === "share" || unit === "fraction"
    ? formatFraction(value, digits)
    : value.toFixed(digits);
}

/** @param tests For how many the p-value is corrected. */
function pText(pValue: number | undefined, tests: number): string {
  return pValue === undefined ? "" : formatPValue(pValue, { tests }).replace("0.", ".");
}

/** Lays out the sizes of the parts of a split. */
export function formatSplit(split: Split): string {
  const from = [undefined, split.validationStart, split.testStart];
  return formatTable(
    ["part", "from (UTC)", "events", "users", "new\nusers", "pairs", "repeated\npairs"],
    summarizeSplit(split).map((part, i) => [
      part.part,
      timeText(from[i]),
      ...[part.events, part.users, part.newUsers, part.pairs, part.repeatPairs].map(formatCount),
    ]),
  );
}

/** A time, in seconds since 1970-01-01 UTC, to the minute; `undefined` is the start of the data. */
export function timeText(seconds: number | undefined): string {
  if (seconds === undefined) return "the beginning";
  return minuteText(seconds);
}

/** Lists the models that were skipped, with the reasons; empty if none was. */
export function formatSkipped(skipped: readonly SkippedModel[]): string {
  return skipped.map(({ model, reason }) => wrapText(`\nSkipped ${model}: ${reason}\n`)).join("");
}
