import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import type { Progress } from "../../base/progress.ts";
import {
  evaluateNewcomers,
  type EvaluateOptions,
  evaluateTogether,
  type Evaluation,
} from "../../evaluation/evaluate.ts";
import { type PreparedHoldout, prepareHoldout } from "../../evaluation/prepared_holdout.ts";
import { crossValidateRatings } from "../../evaluation/rating_folds.ts";
import type { Spread } from "../../evaluation/spread.ts";
import type { TaskResult } from "../../evaluation/tally.ts";
import { type Interactions, ratingMatrix } from "../../interactions/interactions.ts";
import { type Fit, fittedBefore, keyOf } from "../../models/fitted_before.ts";
import type { Algorithm, Model } from "../../models/model.ts";
import { svd, type SvdOptions } from "../../models/svd.ts";
import type { JobData, PreparedJobData } from "./job_data.ts";

/** How models are measured. */
export interface MeasureOptions extends EvaluateOptions {
  /** Folds of the training ratings for cross-validated RMSE; `svd` only. Default none. */
  folds?: number;
}

/** How one model did on a holdout. */
export interface MeasuredModel {
  readonly evaluation: Evaluation;
  /** Users without a history; only of the model that answers for them. */
  readonly newcomers?: TaskResult;
  /** Options that its fit tuned, see {@linkcode Model.tuned}. */
  readonly tuned?: object;
  /** RMSE cross-validated over the training ratings, with option `folds`. */
  readonly crossValidated?: Spread;
}

/** Fits models to the same data, and measures them. */
export interface JobRunner {
  /**
   * @throws {InputError} If the options break the model's rules, or it can't be fitted to the data.
   */
  fit(algorithm: Algorithm, options: object, progress: Progress): Promise<Model>;
  /**
   * Fits a model and measures it. Fails as {@linkcode JobRunner.fit} does.
   *
   * @param besides Models to be measured by later jobs: those that this one leaves fitted, as a
   *   blend does its members, are measured together with it, which takes less time.
   */
  measure(
    algorithm: Algorithm,
    options: object,
    progress: Progress,
    besides?: readonly Fit[],
  ): Promise<MeasuredModel>;
}

/** Makes a runner on this data; the holdout is prepared once, for the first model measured. */
export function createJobRunner(
  data: JobData | PreparedJobData,
  measure: MeasureOptions = {},
): JobRunner {
  const { fittedTo } = data;
  const { folds } = measure;
  const phases = folds === undefined ? 2 : 3;
  let holdout: PreparedHoldout | undefined = "population" in data ? data : undefined;
  const fit: JobRunner["fit"] = async (algorithm, options, progress) =>
    fittedBefore(fittedTo, { algorithm, options }) ??
      await algorithm.fit(fittedTo, options, progress);
  const evaluations = new Map<string, Evaluation>();
  /** Evaluates a model, and with it those besides that are fitted. */
  function evaluate(
    model: Model,
    fits: readonly Fit[],
    prepared: PreparedHoldout,
    progress: Progress,
  ): Evaluation {
    const [{ algorithm: { name } }, ...besides] = fits;
    const others = besides.flatMap((fit) => {
      const model = fittedBefore(fittedTo, fit);
      return model ? [{ key: keyOf(fit), name: fit.algorithm.name, model }] : [];
    });
    const [evaluation, ...ofOthers] = evaluateTogether(
      [{ name, model }, ...others],
      prepared,
      measure,
      progress,
    );
    others.forEach(({ key }, i) => evaluations.set(key, ofOthers[i]));
    return evaluation;
  }
  return {
    fit,
    async measure(algorithm, options, progress, besides = []) {
      const phase = (number: number): Progress => (done) => progress((number + done) / phases);
      holdout ??= prepareHoldout(data, measure);
      const { name } = algorithm;
      const model = await fit(algorithm, options, phase(0));
      const fits = [{ algorithm, options }, ...besides];
      return {
        evaluation: evaluations.get(keyOf(fits[0])) ?? evaluate(model, fits, holdout, phase(1)),
        ...(model.tuned && { tuned: model.tuned }),
        ...(name === FALLBACK_MODEL && { newcomers: evaluateNewcomers(model, holdout, measure) }),
        ...(folds !== undefined && {
          crossValidated: crossValidate(fittedTo, options, measure, phase(2)),
        }),
      };
    },
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
