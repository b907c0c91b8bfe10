import { formatCount } from "../../../src/base/format.ts";
import { LIST_METRICS } from "../../../src/evaluation/list_metrics.ts";
import { MODEL_METRICS } from "../../../src/evaluation/model_metrics.ts";
import type { TrialKey } from "../../../src/training/tune/journal.ts";
import {
  figureOf,
  type TrialFigures,
  type TrialOutcome,
  type TuneMetric,
} from "../../../src/training/tune/trial.ts";
import { optionsToJson } from "../../../src/training/tune/options_json.ts";
import type { TrialOptions } from "../../../src/training/tune/search_space.ts";
import type { Tuning } from "../../../src/training/tune/tune.ts";
import { formatTable } from "./table.ts";

/** A table of trials that gets a line whenever one ends. */
export interface GrowingTable {
  readonly head: string;
  line(trial: TrialKey, outcome: TrialOutcome): string;
}

/**
 * Begins a table of trials.
 *
 * @param options `k`: length of the lists. `folds`: whether RMSE is cross-validated.
 */
export function growTrials({ k, folds }: { k: number; folds: boolean }): GrowingTable {
  const widths = [5, 9, 8, 10, 8, 7, ...(folds ? [15] : []), 7];
  const layOut = (cells: readonly string[], figures: readonly string[], rest: readonly string[]) =>
    [...cells, ...figures.slice(0, folds ? 5 : 4), ...rest]
      .map((cell, i) => cell.padStart(widths[i] ?? 0)).join("  ");
  let ended = 0;
  return {
    head: layOut(["trial", "users"], figureHeads(k), ["seconds", "options"]),
    line: ({ options, users }, outcome) =>
      layOut(
        [`${++ended}`, formatCount(users)],
        figureCells(outcome),
        [outcome.seconds.toFixed(1), `${optionsText(options)}  ${failureOf(outcome)}`.trimEnd()],
      ),
  };
}

/**
 * Lays out the combinations tried, the best first, each with the figures of its last round; then
 * the failures.
 */
export function formatTrials(
  { candidates, rungs }: Tuning,
  { k, metric }: { k: number; metric: TuneMetric },
): string {
  const succeeded = candidates.filter(({ outcome }) => "figures" in outcome);
  const names = Object.keys(candidates[0].options);
  // The place ties the parts of a table together that is too wide for one.
  // What decides is shown if the other figures don't have it.
  const deciding = { ...LIST_METRICS, ...MODEL_METRICS }[metric].heading;
  const isExtra = !figureHeads(k).some((head) => head.startsWith(deciding));
  const head = [
    ...["place", ...names, "users"],
    ...(isExtra ? [`${deciding}@${k}`] : []),
    ...figureHeads(k),
  ];
  const rows = succeeded.map(({ options, outcome, rung }, i) => [
    String(i + 1),
    ...names.map((name) => String(options[name])),
    formatCount(rungs[rung].users),
    ...(isExtra && "figures" in outcome ? [figureOf(outcome.figures, metric).toFixed(4)] : []),
    ...figureCells(outcome),
  ]);
  const isUsed = (_: string, column: number) => rows.some((row) => row[column] !== "");
  const table = formatTable(head.filter(isUsed), rows.map((row) => row.filter(isUsed)));
  const failures = Map.groupBy(candidates, ({ outcome }) => failureOf(outcome));
  failures.delete("");
  return [table, ...[...failures].map(([why, { length }]) => `${length} ${why}`)].join("\n");
}

/** Lays out what tuning found, a row for each model: its figure with the defaults and the best. */
export function formatTunings(
  tunings: ReadonlyMap<string, Tuning>,
  { metric, k }: { metric: TuneMetric; k: number },
): string {
  const { heading } = { ...LIST_METRICS, ...MODEL_METRICS }[metric];
  const text = (figures: TrialFigures | undefined) =>
    figures ? figureOf(figures, metric).toFixed(4) : "";
  return formatTable(
    ["model", `${heading}@${k},\ndefaults`, "best\nfound", "trials", "untried", "users"],
    [...tunings].map(([model, { best, baseline, candidates, untried }]) => [
      ...[model, text(baseline), text(best?.figures)],
      ...[candidates.length, untried, best?.figures.users ?? 0].map(formatCount),
    ]),
  );
}

/** What {@linkcode formatTrials} shows for JSON, a row for each combination. */
export function trialRows({ candidates, rungs }: Tuning, model: string, k: number): object[] {
  return candidates.map(({ options, outcome, rung }) => ({
    ...{ model, options: optionsToJson(options), k, sampledUsers: rungs[rung].users },
    ...("figures" in outcome ? outcome.figures : { error: outcome.error }),
  }));
}

/** Options as text: `factors 50, epochs 20`. */
export function optionsText(options: TrialOptions): string {
  return Object.entries(options).map(([name, value]) => `${name} ${value}`).join(", ");
}

function figureHeads(k: number): string[] {
  const { ndcg, recall, map } = LIST_METRICS;
  const { heading } = MODEL_METRICS.rmse;
  return [
    ...[ndcg, recall, map].map(({ heading }) => `${heading}@${k}`),
    ...[heading, `folds' ${heading}`],
  ];
}

function figureCells(outcome: TrialOutcome): string[] {
  if ("error" in outcome) return ["", "", "", "", ""];
  const { ndcg, recall, map, rmse, crossValidated }: TrialFigures = outcome.figures;
  const folds = crossValidated &&
    `${crossValidated.mean.toFixed(4)} ± ${crossValidated.deviation.toFixed(4)}`;
  return [
    ...[ndcg, recall, map].map((share) => share.toFixed(4)),
    rmse?.toFixed(4) ?? "",
    folds ?? "",
  ];
}

function failureOf(outcome: TrialOutcome): string {
  return "error" in outcome ? `failed: ${outcome.error.split("\n")[0]}` : "";
}
