import { InputError } from "../../base/input_error.ts";
import { LIST_METRICS, type ListMetric } from "../../evaluation/list_metrics.ts";
import { MODEL_METRICS } from "../../evaluation/model_metrics.ts";
import type { Spread } from "../../evaluation/spread.ts";
import type { MeasuredModel } from "../jobs/job_runner.ts";
import type { Outcome } from "../jobs/pool.ts";

const LISTS = ["ndcg", "recall", "map"] as const satisfies readonly ListMetric[];

/** The metrics that only some models or shops have. */
export const SOME_METRICS = [
  ...["priceNdcg", "valueNdcg", "unbiasedNdcg", "unbiasedRecall", "rmse"] as const,
] as const;

/** The metrics that tuning can optimize. */
export const TUNE_METRICS = [...LISTS, ...SOME_METRICS] as const;

/** One of {@linkcode TUNE_METRICS}. */
export type TuneMetric = typeof TUNE_METRICS[number];

/** The figures of one trial, on the validation window: lists of new products, predicted ratings. */
export interface TrialFigures
  extends
    Readonly<Record<typeof LISTS[number], number>>,
    Readonly<Partial<Record<typeof SOME_METRICS[number], number>>> {
  /** Number of measured users. */
  readonly users: number;
  /** RMSE cross-validated over the training ratings, if requested. */
  readonly crossValidated?: Spread;
}

/** The outcome of one trial: its figures, or why it failed. */
export type TrialOutcome =
  & { readonly seconds: number }
  & (
    | { readonly figures: TrialFigures }
    | { readonly error: string }
  );

/** The part of a job's outcome that tuning uses. */
export function trialOutcome(outcome: Outcome<MeasuredModel>): TrialOutcome {
  const { seconds } = outcome;
  return "result" in outcome
    ? { figures: trialFigures(outcome.result), seconds }
    : { error: outcome.error.message, seconds };
}

function trialFigures({ evaluation, crossValidated }: MeasuredModel): TrialFigures {
  const figures = evaluation.tasks.new;
  const { users, ndcg, recall, map } = figures;
  const some = SOME_METRICS.filter((name) => figures[name] !== undefined);
  return {
    ...{ users, ndcg, recall, map },
    ...Object.fromEntries(some.map((name) => [name, figures[name]])),
    ...(crossValidated && { crossValidated }),
  };
}

/**
 * The figure that decides: for RMSE the cross-validated one, if any; `NaN` if it wasn't measured.
 */
export function figureOf(figures: TrialFigures, metric: TuneMetric): number {
  if (figures.users === 0) return NaN;
  const { crossValidated } = figures;
  return (metric === "rmse" ? crossValidated?.mean : undefined) ?? figures[metric] ?? NaN;
}

/**
 * Checks that a trial has the metric.
 *
 * @throws {InputError} If users were measured, but not by it.
 */
export function requireMetric(model: string, figures: TrialFigures, metric: TuneMetric): void {
  if (figures.users === 0 || !Number.isNaN(figureOf(figures, metric))) return;
  const why = metric === "rmse"
    ? "it predicts no ratings"
    : metric === "valueNdcg"
    ? "no value above 0 is known of what users went on to (--values)"
    : "no price is known of what users went on to";
  throw new InputError(`Cannot tune ${model} by ${metric}: ${why}; choose another metric`);
}

/** The figure that decides, negated if higher is better: lower losses are better. */
export function lossOf(figures: TrialFigures, metric: TuneMetric): number {
  const { better } = { ...LIST_METRICS, ...MODEL_METRICS }[metric];
  return better === "lower" ? figureOf(figures, metric) : -figureOf(figures, metric);
}
