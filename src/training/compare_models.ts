import { FALLBACK_MODEL } from "../artifact/manifest.ts";
import { type BreakdownRow, breakdownRows } from "../evaluation/breakdown_rows.ts";
import {
  evaluateNewcomers,
  type EvaluateOptions,
  evaluatePrepared,
  type Evaluation,
} from "../evaluation/evaluate.ts";
import type { Holdout } from "../evaluation/holdout.ts";
import { type OverlapRow, overlapRows } from "../evaluation/overlaps.ts";
import { prepareHoldout } from "../evaluation/prepared_holdout.ts";
import { winnerOf } from "../evaluation/rows.ts";
import type { TaskResult } from "../evaluation/tally.ts";
import type { RatingMode } from "../interactions/event_weights.ts";
import type { Interactions } from "../interactions/interactions.ts";
import { NO_STAGES, type Stages } from "../interactions/progress.ts";
import { prepareTraining, type TrainingDataOptions } from "../interactions/training_data.ts";
import { type Split, splitByTime, type SplitOptions } from "../interactions/split.ts";
import type { Algorithm, Model } from "../models/model.ts";

/** What every model is fitted with alike. */
export interface FitOptions extends TrainingDataOptions {
  /** How several events of a pair make one rating, for every model that has this option. Default `"max"`. */
  rating?: RatingMode;
}

/** How {@linkcode compareModels} trains and measures. */
export interface CompareOptions extends EvaluateOptions, SplitOptions, FitOptions {}

/** Models measured on the same users of the same windows. */
export interface Comparison {
  readonly split: Split;
  /** Fitted to train, measured on validation: what the choice rests on. */
  readonly validation: readonly Evaluation[];
  /** Fitted to train and validation, measured on test: what to expect of the choice. */
  readonly test: readonly Evaluation[];
  /** For whom, when and for which products the models work; on test. */
  readonly breakdowns: readonly BreakdownRow[];
  /** How much every two models' lists overlap; on test. */
  readonly overlaps: readonly OverlapRow[];
  /** The best on validation at finding new products; absent where nobody could be measured. */
  readonly winner?: string;
}

/**
 * Compares models as they would have been used: fitted to the past, measured on what came next. The winner is
 * chosen on the validation window; the test window tells how good it is and has no say in the choice.
 */
export async function compareModels(
  interactions: Interactions,
  algorithms: readonly Algorithm[],
  options: CompareOptions = {},
  stages: Stages = NO_STAGES,
): Promise<Comparison> {
  const split = splitByTime(interactions, options);
  const { train, validation, trainAndValidation, test } = split;
  const measure = (window: string, holdout: Holdout) =>
    measureWindow(window, holdout, algorithms, options, stages);
  const onValidation = await measure("validation", { history: train, truth: validation });
  const onTest = await measure("test", { history: trainAndValidation, truth: test });
  return {
    split,
    validation: onValidation.evaluations,
    test: onTest.evaluations,
    breakdowns: onTest.breakdowns(),
    overlaps: overlapRows(onTest.evaluations),
    winner: winnerOf(onValidation.evaluations, "new"),
  };
}

/** All models on one window, and what it takes to break their figures down. */
async function measureWindow(
  window: string,
  holdout: Holdout,
  algorithms: readonly Algorithm[],
  options: CompareOptions,
  stages: Stages,
): Promise<{ evaluations: Evaluation[]; breakdowns: () => BreakdownRow[] }> {
  const evaluations: Evaluation[] = [];
  if (holdout.truth.items.length === 0) return { evaluations, breakdowns: () => [] };
  const prepared = prepareHoldout(holdout, options);
  let newcomers: TaskResult | undefined;
  for (const algorithm of algorithms) {
    const { name } = algorithm;
    const model = await fitModel(algorithm, holdout.history, options, stages);
    const progress = stages(`Evaluating ${name} on ${window}`);
    evaluations.push(evaluatePrepared(name, model, prepared, options, progress));
    if (name === FALLBACK_MODEL) newcomers = evaluateNewcomers(model, prepared, options);
  }
  return { evaluations, breakdowns: () => breakdownRows(evaluations, prepared, { newcomers }) };
}

/** Fits a model to the prepared past. */
export async function fitModel(
  algorithm: Algorithm,
  interactions: Interactions,
  options: FitOptions = {},
  stages: Stages = NO_STAGES,
): Promise<Model> {
  const progress = stages(`Fitting ${algorithm.name}`);
  const train = prepareTraining(interactions, options);
  return await algorithm.fit(train, modelOptions(algorithm, options), progress);
}

/** All options that {@linkcode fitModel} fits an algorithm with: its defaults and the rating mode. */
export function modelOptions(algorithm: Algorithm, { rating = "max" }: FitOptions): object {
  return "rating" in algorithm.defaults ? { ...algorithm.defaults, rating } : algorithm.defaults;
}
