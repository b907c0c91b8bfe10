import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import {
  evaluateNewcomers,
  type EvaluateOptions,
  evaluatePrepared,
  type Evaluation,
} from "../../evaluation/evaluate.ts";
import { type PreparedHoldout, prepareHoldout } from "../../evaluation/prepared_holdout.ts";
import type { TaskResult } from "../../evaluation/tally.ts";
import type { Progress } from "../../base/progress.ts";
import type { Tensors } from "../../linalg/tensor.ts";
import type { Algorithm } from "../../models/model.ts";
import { algorithmNamed } from "../../models/mod.ts";
import type { JobData } from "./job_data.ts";
import { type MeasureOptions, runTrial, type TrialFigures } from "./trial.ts";

/** A model measured on one holdout. */
export interface MeasuredModel {
  readonly evaluation: Evaluation;
  /** Only of the model that answers for them. */
  readonly newcomers?: TaskResult;
}

/** What each kind of job gives. */
export interface JobResults {
  /** The few figures that tuning goes by. */
  readonly trial: TrialFigures;
  readonly evaluation: MeasuredModel;
  /** A fitted model, taken apart. */
  readonly fit: Tensors;
}

/** A model to be fitted, and measured unless its kind is `fit`. */
export interface Job<Kind extends keyof JobResults = keyof JobResults> {
  readonly kind: Kind;
  /** The name of a registered model. */
  readonly model: string;
  readonly options: object;
}

/** Runs jobs on the same data. */
export type JobRunner = (
  job: Job,
  progress: Progress,
) => Promise<JobResults[keyof JobResults]>;

/** Makes what runs jobs on this data; what measuring needs every time is done once, with the first job. */
export function createJobRunner(data: JobData, measure: MeasureOptions): JobRunner {
  let prepared: PreparedHoldout | undefined;
  const holdout = () => prepared ??= prepareHoldout(data, measure);
  return async ({ kind, model, options }, progress) => {
    const algorithm = algorithmNamed(model);
    if (kind === "trial") {
      const trialData = { ...data, ...holdout(), fittedTo: data.fittedTo };
      return await runTrial(algorithm, trialData, { options, measure, progress });
    }
    if (kind === "fit") {
      return ownBytes((await algorithm.fit(data.fittedTo, options, progress)).toTensors());
    }
    return await measureModel(algorithm, { options, measure, data, holdout: holdout() }, progress);
  };
}

/** Fits a model and measures it, one half of the work each. */
export async function measureModel(
  algorithm: Algorithm,
  { options, measure, data, holdout }: {
    options: object;
    measure: EvaluateOptions;
    data: Pick<JobData, "fittedTo">;
    holdout: PreparedHoldout;
  },
  progress: Progress = () => {},
): Promise<MeasuredModel> {
  const { name } = algorithm;
  const model = await algorithm.fit(data.fittedTo, options, (done) => progress(done / 2));
  const evaluation = evaluatePrepared(name, model, holdout, measure, (done) => {
    progress((1 + done) / 2);
  });
  if (name !== FALLBACK_MODEL) return { evaluation };
  return { evaluation, newcomers: evaluateNewcomers(model, holdout, measure) };
}

/** A view into something larger, such as a kernel's memory, would take all of that along to the other thread. */
function ownBytes(tensors: Tensors): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]),
  );
}
