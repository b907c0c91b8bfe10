import { LIST_METRICS, type ListMetric } from "../../evaluation/list_metrics.ts";
import { MODEL_METRICS } from "../../evaluation/model_metrics.ts";
import type { Spread } from "../../evaluation/spread.ts";
import type { MeasuredModel } from "../jobs/job_runner.ts";
import type { Outcome } from "../jobs/pool.ts";

const LISTS = ["ndcg", "recall", "map"] as const satisfies readonly ListMetric[];

/** The metrics that tuning can optimize. */
export const TUNE_METRICS = [...LISTS, "rmse"] as const;

/** One of {@linkcode TUNE_METRICS}. */
export type TuneMetric = typeof TUNE_METRICS[number];

/** The figures of one trial, on the validation window: lists of new products, predicted ratings. */
export interface TrialFigures extends Readonly<Record<typeof LISTS[number], number>> {
  /** Number of measured users. */
  readonly users: number;
  /** Only of models that predict ratings. */
  readonly rmse?: number;
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
  const { users, ndcg, recall, map, rmse } = evaluation.tasks.new;
  return {
    ...{ users, ndcg, recall, map },
    ...(rmse !== undefined && { rmse }),
    ...(crossValidated && { crossValidated }),
  };
}

/**
 * The figure that decides: for RMSE the cross-validated one, if any; `NaN` if it wasn't measured.
 */
export function figureOf(figures: TrialFigures, metric: TuneMetric): number {
  if (figures.users === 0) return NaN;
  const { rmse = NaN, crossValidated } = figures;
  return metric === "rmse" ? crossValidated?.mean ?? rmse : figures[metric];
}

/** The figure that decides, negated if higher is better: lower losses are better. */
export function lossOf(figures: TrialFigures, metric: TuneMetric): number {
  const { better } = { ...LIST_METRICS, ...MODEL_METRICS }[metric];
  return better === "lower" ? figureOf(figures, metric) : -figureOf(figures, metric);
}
