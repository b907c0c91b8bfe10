import { holdOut, type Protocol, protocolFor } from "../evaluation/holdout.ts";
import type { WindowParts } from "../interactions/returning_users.ts";
import { isoTime, SECONDS_PER_DAY } from "../base/time.ts";
import { type Evaluation, type Task, TASKS } from "../evaluation/evaluate.ts";
import { LIST_METRIC_NAMES, type ListMetric } from "../evaluation/list_metrics.ts";
import {
  COMMON_METRICS,
  type CommonMetric,
  OPTIONAL_METRICS,
  type OptionalMetric,
} from "../evaluation/model_metrics.ts";
import { type EvaluationRow, toRows } from "../evaluation/rows.ts";
import { type Spread, spreadOf } from "../evaluation/spread.ts";
import { formatCounted } from "../base/format.ts";
import { InputError } from "../base/input_error.ts";
import { activeTimeOf } from "../interactions/active_time.ts";
import { type Interactions, sliceByTime } from "../interactions/interactions.ts";
import { labelNotes, NO_STAGES, type Stages } from "../base/progress.ts";
import { timeSpan } from "../interactions/split.ts";
import type { Algorithm } from "../models/model.ts";
import type { CompareOptions } from "./compare_models.ts";
import { measureModels } from "./measure_models.ts";

/** How {@linkcode rollingEvaluation} cuts, trains and measures. */
export interface RollingOptions extends Omit<CompareOptions, "validationDays" | "skipUnfit"> {
  /** Number of cut-offs; at least 2. Default 4. */
  folds?: number;
  /** Days of active time per window. Default 7, or fewer to leave half of the span. */
  testDays?: number;
}

/** One cut-off: models fitted to everything before it, measured on the window that starts there. */
export interface RollingFold {
  /** First second of the window, since 1970-01-01 UTC. */
  readonly from: number;
  /** First second after it. */
  readonly to: number;
  /** In the order of the algorithms; empty if nothing happened in the window. */
  readonly evaluations: readonly Evaluation[];
}

const METRICS = [...LIST_METRIC_NAMES, ...COMMON_METRICS];

/** Mean and spread of each metric over cut-offs; optional metrics if every cut-off has them. */
export type RollingFigures =
  & Readonly<Record<ListMetric | CommonMetric, Spread>>
  & Readonly<Partial<Record<OptionalMetric, Spread>>>;

/** One model at a task, over all cut-offs at which a user could be measured. */
export type RollingSummary = RollingFigures & {
  readonly model: string;
  readonly task: Task;
  readonly k: number;
  /** Number of cut-offs with a measured user. */
  readonly folds: number;
  /** Number of measured users, over all cut-offs. */
  readonly users: number;
};

/** Models measured at several cut-offs. */
export interface RollingEvaluation {
  /** What was predicted, the same of all windows; `window` if none has events. */
  readonly protocol: Protocol;
  /** The earliest cut-off first. */
  readonly folds: readonly RollingFold[];
  /** Task by task, in the order of the algorithms; models that were never measured are omitted. */
  readonly summary: readonly RollingSummary[];
}

const DEFAULT_DAYS = 7;

/**
 * Measures models at several cut-offs up to the end of the data: at each they are fitted to
 * everything before it and measured on the window up to the next. The spread shows if a model was
 * lucky in one week.
 *
 * @throws {InputError} If there are fewer than 2 folds, or they leave nothing to train on.
 */
export async function rollingEvaluation(
  interactions: Interactions,
  algorithms: readonly Algorithm[],
  options: RollingOptions = {},
  stages: Stages = NO_STAGES,
): Promise<RollingEvaluation> {
  const folds: RollingFold[] = [];
  let { protocol } = options;
  for (const [i, { from, to }] of rollingWindows(interactions, options).entries()) {
    const parts = {
      past: sliceByTime(interactions, { to: from }),
      window: sliceByTime(interactions, { from, to }),
    };
    const evaluations = parts.window.items.length === 0 ? [] : await measureWindow(i + 1, parts);
    folds.push({ from, to, evaluations });
  }
  return { protocol: protocol ?? "window", folds, summary: summarize(folds) };

  async function measureWindow(number: number, parts: WindowParts): Promise<readonly Evaluation[]> {
    protocol ??= protocolFor(parts);
    const window = `window ${number}`;
    const progress = labelNotes(
      stages(`Fitting and measuring ${formatCounted(algorithms.length, "model")}: ${window}`),
      window,
    );
    // A model that is missing at some cut-offs could not be compared.
    const unskipped = { ...options, skipUnfit: false };
    return (await measureModels(algorithms, holdOut(parts, protocol), unskipped, progress))
      .evaluations;
  }
}

/** The windows of a rolling evaluation, each starts where the one before ends. */
function rollingWindows(
  interactions: Interactions,
  { folds = 4, testDays }: RollingOptions,
): { from: number; to: number }[] {
  if (!Number.isInteger(folds) || folds < 2) {
    throw new InputError(
      `Cannot evaluate rolling: folds must be a whole number of at least 2, got ${folds}`,
    );
  }
  const all = interactions.statistics ?? interactions;
  const { first, last } = timeSpan(all);
  const active = activeTimeOf(all);
  const span = active.between(first, last);
  const days = testDays ?? Math.min(DEFAULT_DAYS, span / 2 / folds / SECONDS_PER_DAY);
  const length = Math.floor(days * SECONDS_PER_DAY);
  const cuts = Array.from(
    { length: folds + 1 },
    (_, cut) => active.before(last + 1, (folds - cut) * length),
  );
  if (length < 1 || cuts[0] <= first) {
    throw new InputError(
      `Cannot evaluate rolling: ${folds} windows of ${days} days leave nothing to train on, the ` +
        `events span ${
          (span / SECONDS_PER_DAY).toFixed(2)
        } days; give fewer folds or fewer days (--folds, --test-days)`,
    );
  }
  return Array.from({ length: folds }, (_, fold) => ({ from: cuts[fold], to: cuts[fold + 1] }));
}

function summarize(folds: readonly RollingFold[]): RollingSummary[] {
  const rows = folds.flatMap(({ evaluations }) => toRows(evaluations));
  const measured = Map.groupBy(
    rows.filter(({ users }) => users > 0),
    ({ task, model }) => `${task} ${model}`,
  );
  return [...measured.values()]
    .map((ofModel): RollingSummary => ({
      model: ofModel[0].model,
      task: ofModel[0].task,
      k: ofModel[0].k,
      folds: ofModel.length,
      users: ofModel.reduce((sum, { users }) => sum + users, 0),
      ...figuresOf(ofModel),
    }))
    .sort((a, b) => TASKS.indexOf(a.task) - TASKS.indexOf(b.task));
}

function figuresOf(rows: readonly EvaluationRow[]): RollingFigures {
  const figures = (metric: keyof RollingFigures) => rows.map((row) => row[metric] ?? NaN);
  const shared = OPTIONAL_METRICS.filter((metric) => !figures(metric).some(Number.isNaN));
  return Object.fromEntries(
    [...METRICS, ...shared].map((metric) => [metric, spreadOf(figures(metric))]),
  ) as unknown as RollingFigures;
}

/**
 * One line per cut-off, task and model, for JSON: the figures and the window they were measured on.
 */
export function rollingRows(
  { folds }: RollingEvaluation,
): (EvaluationRow & { readonly from: string; readonly to: string })[] {
  return folds.flatMap(({ from, to, evaluations }) =>
    toRows(evaluations).map((row) => ({ from: isoTime(from), to: isoTime(to), ...row }))
  );
}
