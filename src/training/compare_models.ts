import { type BreakdownRow, breakdownRows } from "../evaluation/breakdown_rows.ts";
import { type EvaluateOptions, type Evaluation, winnerOf } from "../evaluation/evaluate.ts";
import { holdOut, type Protocol, protocolFor } from "../evaluation/holdout.ts";
import type { WindowParts } from "../interactions/returning_users.ts";
import { type OverlapRow, overlapRows } from "../evaluation/overlaps.ts";
import type { Interactions } from "../interactions/interactions.ts";
import { formatCounted } from "../base/format.ts";
import { labelNotes, NO_STAGES, type Progress, type Stages } from "../base/progress.ts";
import { type Split, splitByTime, type SplitOptions } from "../interactions/split.ts";
import { prepareTraining } from "../interactions/training_data.ts";
import type { Algorithm, Model } from "../models/model.ts";
import {
  measureModels,
  type SkippedModel,
  type TuningOptions,
  type UnfitOptions,
  usePool,
  type WorkerOptions,
} from "./measure_models.ts";
import { firstTuning, type TunedOptions } from "./first_tuning.ts";
import { type FitOptions, modelOptions } from "./jobs/model_options.ts";

/** How {@linkcode compareModels} trains and measures. */
export interface CompareOptions
  extends EvaluateOptions, SplitOptions, FitOptions, WorkerOptions, UnfitOptions {
  /** What is predicted. Default what suits the data, see {@linkcode protocolFor}. */
  protocol?: Protocol;
  /**
   * Called with the figures on the validation window, and with what models tuned before it, while
   * the test window is measured.
   */
  onValidation?(evaluations: readonly Evaluation[], tuned: TunedOptions): void;
}

/** Models measured on the same users of the same windows. */
export interface Comparison {
  readonly split: Split;
  /** What was predicted. */
  readonly protocol: Protocol;
  /** Fitted to train, measured on validation: the basis of the choice. */
  readonly validation: readonly Evaluation[];
  /**
   * Fitted to train and validation, with options that models tuned before validation, and measured
   * on test: what to expect from the choice.
   */
  readonly test: readonly Evaluation[];
  /** For which users, days and products the models work; on test. */
  readonly breakdowns: readonly BreakdownRow[];
  /** How much every two models' lists overlap; on test. */
  readonly overlaps: readonly OverlapRow[];
  /** Models that could not be fitted to the data. */
  readonly skipped: readonly SkippedModel[];
  /** What models tuned themselves on the first window, to be taken over by further fits. */
  readonly tuned: TunedOptions;
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
  using pool = usePool(algorithms, options);
  const skipped: SkippedModel[] = [];
  const isFit = ({ name }: { name: string }) => !skipped.some(({ model }) => model === name);
  const hasValidation = validation.items.length > 0;
  const tuning = firstTuning(algorithms);
  const measure = async (parts: WindowParts, tuningOptions: TuningOptions, progress: Progress) =>
    parts.window.items.length === 0 ? undefined : await measureModels(
      algorithms.filter(isFit),
      holdOut(parts, protocol),
      { ...options, pool, ...tuningOptions },
      progress,
    );
  const { begin, progressOf } = windowStages(stages);

  begin("validation", algorithms.length);
  const validated = measure(
    { past: train, window: validation },
    { tunes: tuning },
    progressOf("validation"),
  );
  // Workers that the first window no longer occupies go on with the second.
  if (!pool.isParallel) skipped.push(...(await validated)?.skipped ?? []);
  const tested = measure(
    { past: trainAndValidation, window: test },
    hasValidation ? { tunedBefore: tuning } : { tunes: tuning },
    progressOf("test"),
  );
  // Its failure counts when it is awaited.
  tested.catch(() => {});
  const onValidation = await validated;
  skipped.push(...(onValidation?.skipped ?? []).filter(({ model }) => isFit({ name: model })));
  options.onValidation?.(onValidation?.evaluations ?? [], tuning.found());
  begin("test", algorithms.filter(isFit).length);
  const onTest = await tested;
  const onTestToo = <Of extends { readonly model: string }>(results: readonly Of[] = []) =>
    results.filter(({ model }) => isFit({ name: model }));
  const testEvaluations = onTestToo(onTest?.evaluations);
  skipped.push(...onTestToo(onTest?.skipped));
  return {
    split,
    protocol,
    validation: onValidation?.evaluations ?? [],
    test: testEvaluations,
    breakdowns: onTest
      ? breakdownRows(testEvaluations, onTest.holdout, { newcomers: onTest.newcomers })
      : [],
    overlaps: overlapRows(testEvaluations),
    skipped,
    tuned: tuning.found(),
    winner: winnerOf(onValidation?.evaluations ?? [], "new"),
  };
}

/** Stages of windows of which the second starts before the first ends. */
function windowStages(stages: Stages) {
  let current = "";
  let show: Progress = () => {};
  const done = new Map<string, number>();
  return {
    /** Begins a window's stage, and ends the one before. */
    begin(window: string, models: number): void {
      current = window;
      show = stages(`Fitting and measuring ${formatCounted(models, "model")}: ${window}`);
      show(done.get(window) ?? 0);
    },
    /** A window's progress, shown from its stage's beginning on; notes are shown at once. */
    progressOf: (window: string): Progress =>
      labelNotes((share, note) => {
        done.set(window, share);
        if (window === current || note) show(done.get(current) ?? 0, note);
      }, window),
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
