import { evaluate, type EvaluateOptions, type Evaluation } from "../evaluation/evaluate.ts";
import { winnerOf } from "../evaluation/rows.ts";
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

  const measure = async (window: string, history: Interactions, truth: Interactions) => {
    const evaluations: Evaluation[] = [];
    if (truth.items.length === 0) return evaluations;
    for (const algorithm of algorithms) {
      const model = await fitModel(algorithm, history, options, stages);
      const progress = stages(`Evaluating ${algorithm.name} on ${window}`);
      evaluations.push(evaluate(algorithm.name, model, { history, truth }, options, progress));
    }
    return evaluations;
  };
  const onValidation = await measure("validation", train, validation);
  return {
    split,
    validation: onValidation,
    test: await measure("test", trainAndValidation, test),
    winner: winnerOf(onValidation, "new"),
  };
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
