import { type BreakdownRow, breakdownRows } from "../evaluation/breakdown_rows.ts";
import { type EvaluateOptions, type Evaluation, winnerOf } from "../evaluation/evaluate.ts";
import { holdOut, type Protocol, protocolFor } from "../evaluation/holdout.ts";
import type { WindowParts } from "../interactions/returning_users.ts";
import { type OverlapRow, overlapRows } from "../evaluation/overlaps.ts";
import type { Interactions } from "../interactions/interactions.ts";
import { formatCounted } from "../base/format.ts";
import { labelNotes, NO_STAGES, type Stages } from "../base/progress.ts";
import { type Split, splitByTime, type SplitOptions } from "../interactions/split.ts";
import { prepareTraining } from "../interactions/training_data.ts";
import type { Algorithm, Model } from "../models/model.ts";
import {
  measureModels,
  type SkippedModel,
  type UnfitOptions,
  type WorkerOptions,
} from "./measure_models.ts";
import { type FitOptions, modelOptions } from "./jobs/model_options.ts";

/** How {@linkcode compareModels} trains and measures. */
export interface CompareOptions
  extends EvaluateOptions, SplitOptions, FitOptions, WorkerOptions, UnfitOptions {
  /** What is predicted. Default what suits the data, see {@linkcode protocolFor}. */
  protocol?: Protocol;
}

/** Models measured on the same users of the same windows. */
export interface Comparison {
  readonly split: Split;
  /** What was predicted. */
  readonly protocol: Protocol;
  /** Fitted to train, measured on validation: the basis of the choice. */
  readonly validation: readonly Evaluation[];
  /** Fitted to train and validation, measured on test: what to expect from the choice. */
  readonly test: readonly Evaluation[];
  /** For which users, days and products the models work; on test. */
  readonly breakdowns: readonly BreakdownRow[];
  /** How much every two models' lists overlap; on test. */
  readonly overlaps: readonly OverlapRow[];
  /** Models that could not be fitted to the data. */
  readonly skipped: readonly SkippedModel[];
  /** The best on validation at new products; absent if no user could be measured. */
  readonly winner?: string;
}

/**
 * Compares models as they would have been used: fitted to the past, measured on what came next. The
 * winner is chosen on the validation window; the test window shows how good it is, without
 * affecting the choice.
 */
export async function compareModels(
  interactions: Interactions,
  algorithms: readonly Algorithm[],
  options: CompareOptions = {},
  stages: Stages = NO_STAGES,
): Promise<Comparison> {
  const split = splitByTime(interactions, options);
  const { train, validation, trainAndValidation, test } = split;
  const protocol = options.protocol ?? protocolFor({ past: train, window: validation });
  const measure = (name: string, parts: WindowParts) => {
    if (parts.window.items.length === 0) return undefined;
    const fit = algorithms.filter(({ name }) => !skipped.some(({ model }) => model === name));
    const progress = labelNotes(
      stages(`Fitting and measuring ${formatCounted(fit.length, "model")}: ${name}`),
      name,
    );
    return measureModels(fit, holdOut(parts, protocol), options, progress);
  };
  const skipped: SkippedModel[] = [];
  const onValidation = await measure("validation", { past: train, window: validation });
  skipped.push(...onValidation?.skipped ?? []);
  const onTest = await measure("test", { past: trainAndValidation, window: test });
  skipped.push(...onTest?.skipped ?? []);
  return {
    split,
    protocol,
    validation: onValidation?.evaluations ?? [],
    test: onTest?.evaluations ?? [],
    breakdowns: onTest
      ? breakdownRows(onTest.evaluations, onTest.holdout, { newcomers: onTest.newcomers })
      : [],
    overlaps: overlapRows(onTest?.evaluations ?? []),
    skipped,
    winner: winnerOf(onValidation?.evaluations ?? [], "new"),
  };
}

/** Fits one model to interactions, after preparing them for training. */
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
