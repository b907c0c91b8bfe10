import { type EvaluateOptions, evaluatePrepared } from "../../evaluation/evaluate.ts";
import { type PreparedHoldout, prepareHoldout } from "../../evaluation/prepared_holdout.ts";
import { crossValidateRatings } from "../../evaluation/rating_folds.ts";
import type { Spread } from "../../evaluation/spread.ts";
import type { RatingMode } from "../../interactions/event_weights.ts";
import { type Interactions, ratingMatrix } from "../../interactions/interactions.ts";
import type { Progress } from "../../base/progress.ts";
import type { Algorithm } from "../../models/model.ts";
import { svd, type SvdOptions } from "../../models/svd.ts";
import { modelOptions } from "./model_options.ts";
import type { TrialData } from "./trial_data.ts";

/** What a trial can be judged by; of RMSE less is better. */
export const TUNE_METRICS = ["ndcg", "recall", "map", "rmse"] as const;

/** One of {@linkcode TUNE_METRICS}. */
export type TuneMetric = typeof TUNE_METRICS[number];

/** How every trial is measured. */
export interface MeasureOptions extends EvaluateOptions {
  /** How several events of a pair make one rating, where the trial doesn't say. Default `"max"`. */
  rating?: RatingMode;
  /** Into how many folds to deal the training ratings for cross-validated RMSE; `svd` only. Default none. */
  folds?: number;
}

/** What one trial gave: lists of new products, and predicted ratings, on the validation window. */
export interface TrialFigures {
  /** How many users were measured. */
  readonly users: number;
  readonly ndcg: number;
  readonly recall: number;
  readonly map: number;
  /** Only of models that predict ratings. */
  readonly rmse?: number;
  /** RMSE cross-validated over the training ratings, where that was asked for. */
  readonly crossValidated?: Spread;
}

/** Trial data with all that is the same for every trial. */
export type PreparedTrialData = TrialData & PreparedHoldout;

/** Does once what measuring several trials on the same data needs every time. */
export function prepareTrials(data: TrialData, measure: MeasureOptions): PreparedTrialData {
  return { ...data, ...prepareHoldout(data, measure), fittedTo: data.fittedTo };
}

/**
 * Tries one combination of options: fits the model to the past and measures it on what came next.
 *
 * @throws {InputError} If the options aren't the model's or break their rules.
 */
export async function runTrial(
  algorithm: Algorithm,
  data: PreparedTrialData,
  { options, measure, progress = () => {} }: {
    options: object;
    measure: MeasureOptions;
    progress?: Progress;
  },
): Promise<TrialFigures> {
  const { folds } = measure;
  const phases = folds === undefined ? 2 : 3;
  const phase = (number: number): Progress => (done) => progress((number + done) / phases);
  const allOptions = { ...modelOptions(algorithm, measure), ...options };

  const model = await algorithm.fit(data.fittedTo, allOptions, phase(0));
  const { tasks } = evaluatePrepared(algorithm.name, model, data, measure, phase(1));
  const { users, ndcg, recall, map, rmse } = tasks.new;
  return {
    ...{ users, ndcg, recall, map },
    ...(rmse !== undefined && { rmse }),
    ...(folds !== undefined && {
      crossValidated: crossValidate(data.fittedTo, allOptions, measure, phase(2)),
    }),
  };
}

function crossValidate(
  train: Interactions,
  options: object,
  { folds, seed }: MeasureOptions,
  progress: Progress,
): Spread {
  const all: SvdOptions = { ...svd.defaults, ...options };
  const ratings = ratingMatrix(train, all.rating);
  return crossValidateRatings(ratings, all, { folds, seed }, progress).rmse;
}

/** The figure that decides: of RMSE the cross-validated one, where there is one; `NaN` if it wasn't measured. */
export function figureOf(figures: TrialFigures, metric: TuneMetric): number {
  if (figures.users === 0) return NaN;
  const { rmse = NaN, crossValidated } = figures;
  return metric === "rmse" ? crossValidated?.mean ?? rmse : figures[metric];
}

/** The figure that decides, turned so that less is better. */
export function lossOf(figures: TrialFigures, metric: TuneMetric): number {
  return metric === "rmse" ? figureOf(figures, metric) : -figureOf(figures, metric);
}
