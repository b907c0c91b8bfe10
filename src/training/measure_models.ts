import { sum } from "../base/statistics.ts";
import type { Evaluation } from "../evaluation/evaluate.ts";
import type { Holdout } from "../evaluation/holdout.ts";
import { type PreparedHoldout, prepareHoldout } from "../evaluation/prepared_holdout.ts";
import type { TaskResult } from "../evaluation/tally.ts";
import type { Interactions } from "../interactions/interactions.ts";
import { InputError } from "../base/input_error.ts";
import type { Progress } from "../base/progress.ts";
import { prepareTraining } from "../interactions/training_data.ts";
import type { Algorithm, Model } from "../models/model.ts";
import { type FitOptions, modelOptions } from "./jobs/model_options.ts";
import type { MeasureOptions } from "./jobs/trial.ts";
import { type MeasuredModel, measureModel } from "./jobs/jobs.ts";
import type { Outcome } from "./jobs/messages.ts";
import { createJobPool } from "./jobs/pool.ts";

/** How many models are fitted side by side. */
export interface WorkerOptions {
  /**
   * Each model in a worker, so many at a time; 1 fits them one after another on this thread. The results are the
   * same. Only registered models can go to workers. Default 1.
   */
  workers?: number;
}

/** What to do about models that can't be fitted to the data, such as one for small catalogues to a large one. */
export interface UnfitOptions {
  /** Whether to go on without them, saying which; else the first is an error. Default false. */
  skipUnfit?: boolean;
}

/** A model that could not be fitted to the data. */
export interface SkippedModel {
  readonly model: string;
  /** The message of the mistake: what rule the data breaks, and what to do. */
  readonly reason: string;
}

/** Models measured on one holdout. */
export interface MeasuredModels {
  readonly evaluations: readonly Evaluation[];
  /** What users without a history were shown; absent where popularity was not among the models. */
  readonly newcomers?: TaskResult;
  readonly holdout: PreparedHoldout;
  readonly skipped: readonly SkippedModel[];
}

/**
 * Fits every model to a history and measures it on what came next.
 *
 * @throws {InputError} If a model can't be fitted to the data and is not to be skipped, or none can.
 */
export async function measureModels(
  algorithms: readonly Algorithm[],
  { history, truth }: Holdout,
  options: FitOptions & MeasureOptions & WorkerOptions & UnfitOptions,
  progress: Progress = () => {},
): Promise<MeasuredModels> {
  const { k, maxUsers, seed, workers = 1, skipUnfit = false } = options;
  const data = { history, truth, fittedTo: prepareTraining(history, options) };
  const holdout = prepareHoldout(data, options);
  const results = await mapModels(algorithms, workers, progress, {
    here: (algorithm, progress) =>
      tryFit(algorithm, skipUnfit, () =>
        measureModel(algorithm, {
          options: modelOptions(algorithm, options),
          measure: { k },
          data,
          holdout,
        }, progress)),
    there(startPool) {
      const pool = startPool();
      pool.load(data, { k, maxUsers, seed });
      return (algorithm, progress) =>
        tryFit(algorithm, skipUnfit, async () => {
          const job = { kind: "evaluation", model: algorithm.name } as const;
          const own = modelOptions(algorithm, options);
          return resultOf(await pool.run({ ...job, options: own }, progress));
        });
    },
  });
  const measured = results.filter((result) => "evaluation" in result);
  const skipped = results.filter((result) => "reason" in result);
  if (measured.length === 0 && skipped.length > 0) throw new InputError(skipped[0].reason);
  return {
    evaluations: measured.map(({ evaluation }) => evaluation),
    newcomers: measured.find(({ newcomers }) => newcomers)?.newcomers,
    holdout,
    skipped,
  };
}

async function tryFit(
  { name }: Algorithm,
  skipUnfit: boolean,
  measure: () => Promise<MeasuredModel>,
): Promise<MeasuredModel | SkippedModel> {
  try {
    return await measure();
  } catch (error) {
    if (!skipUnfit || !(error instanceof InputError)) throw error;
    return { model: name, reason: error.message };
  }
}

/** Fits every model to all of the interactions. */
export async function fitModels(
  algorithms: readonly Algorithm[],
  interactions: Interactions,
  options: FitOptions & WorkerOptions,
  progress: Progress = () => {},
): Promise<Model[]> {
  const fittedTo = prepareTraining(interactions, options);
  return await mapModels(algorithms, options.workers ?? 1, progress, {
    here: async (algorithm, progress) =>
      await algorithm.fit(fittedTo, modelOptions(algorithm, options), progress),
    there(startPool) {
      const pool = startPool();
      // Nothing is measured, so the truth doesn't matter.
      pool.load({ history: fittedTo, fittedTo, truth: fittedTo }, {});
      return async (algorithm, progress): Promise<Model> => {
        const job = { kind: "fit", model: algorithm.name } as const;
        const own = modelOptions(algorithm, options);
        return algorithm.fromTensors(resultOf(await pool.run({ ...job, options: own }, progress)));
      };
    },
  });
}

type Work<Result> = (algorithm: Algorithm, progress: Progress) => Promise<Result>;

/** Does the same work for every model, here or in workers; the results come in the order of the models. */
async function mapModels<Result>(
  algorithms: readonly Algorithm[],
  workers: number,
  progress: Progress,
  { here, there }: {
    here: Work<Result>;
    there: (startPool: () => ReturnType<typeof createJobPool>) => Work<Result>;
  },
): Promise<Result[]> {
  const done = algorithms.map(() => 0);
  const tell = (index: number): Progress => (share) => {
    done[index] = share;
    progress(sum(done) / algorithms.length);
  };
  if (workers <= 1 || algorithms.length <= 1) {
    const results: Result[] = [];
    for (const [i, algorithm] of algorithms.entries()) {
      results.push(await here(algorithm, tell(i)));
      tell(i)(1);
    }
    return results;
  }
  using pool = createJobPool({ workers: Math.min(workers, algorithms.length) });
  const work = there(() => pool);
  return await Promise.all(algorithms.map(async (algorithm, i) => {
    const result = await work(algorithm, tell(i));
    tell(i)(1);
    return result;
  }));
}

/** @throws {InputError} If the job failed by a mistake of the user's. */
function resultOf<Result>(outcome: Outcome<Result>): Result {
  if ("result" in outcome) return outcome.result;
  throw outcome.mistake ? new InputError(outcome.error) : new Error(outcome.error);
}
