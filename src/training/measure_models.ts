import { InputError } from "../base/input_error.ts";
import type { Progress } from "../base/progress.ts";
import { sum } from "../base/statistics.ts";
import { sleep } from "../base/time.ts";
import type { Evaluation } from "../evaluation/evaluate.ts";
import type { Holdout } from "../evaluation/holdout.ts";
import {
  type Everybody,
  type PreparedHoldout,
  prepareHoldout,
} from "../evaluation/prepared_holdout.ts";
import type { TaskResult } from "../evaluation/tally.ts";
import type { Interactions } from "../interactions/interactions.ts";
import { prepareTraining } from "../interactions/training_data.ts";
import type { Algorithm, Model } from "../models/model.ts";
import { popularity } from "../models/popularity.ts";
import type { MeasuredModel, MeasureOptions } from "./jobs/job_runner.ts";
import { createLocalPool } from "./jobs/local_pool.ts";
import { placeByLength } from "./jobs/longest_first.ts";
import { type FitOptions, modelOptions } from "./jobs/model_options.ts";
import { type JobPool, resultOf } from "./jobs/pool.ts";
import { createWorkerPool } from "./jobs/worker_pool.ts";
import { type FirstTuning, type TunedOptions, withTuned } from "./first_tuning.ts";

/** How many models are fitted in parallel. */
export interface WorkerOptions {
  /**
   * Number of workers; 1 fits one model after another on this thread. The results are the same.
   * Workers take registered models only. Default 1.
   */
  workers?: number;
  /** The pool to run in, shared with others; by default one of its own. */
  pool?: JobPool;
}

/** How to treat models that can't be fitted to the data, such as one for small catalogues. */
export interface UnfitOptions {
  /** Whether to skip such models and report them; if not, the first is an error. Default false. */
  skipUnfit?: boolean;
}

/** Models that were tuned while they were fitted to an earlier window, or are in this one. */
export interface TuningOptions {
  /** Takes what the models tune. */
  tunes?: Pick<FirstTuning, "settle">;
  /** Where models get options that they tuned earlier; their fits wait for it. */
  tunedBefore?: Pick<FirstTuning, "of">;
}

/** A model that couldn't be fitted to the data. */
export interface SkippedModel {
  readonly model: string;
  /** Which rule the data breaks, and what to do. */
  readonly reason: string;
}

/** Models measured on one holdout. */
export interface MeasuredModels {
  readonly evaluations: readonly Evaluation[];
  /** Users without a history; absent unless popularity is among the models. */
  readonly newcomers?: TaskResult;
  readonly holdout: PreparedHoldout;
  readonly skipped: readonly SkippedModel[];
}

/**
 * Fits every model to a history and measures it on what came next.
 *
 * @throws {InputError} If a model can't be fitted to the data and may not be skipped, or if none
 * can.
 */
export async function measureModels(
  algorithms: readonly Algorithm[],
  { history, truth, past }: Holdout,
  options: FitOptions & MeasureOptions & WorkerOptions & UnfitOptions & TuningOptions,
  progress: Progress = () => {},
): Promise<MeasuredModels> {
  const { k, skipUnfit = false } = options;
  const { maxUsers, seed, values, propensityPower } = options;
  const population = { maxUsers, seed, values, propensityPower };
  const fittedTo = prepareTraining(past ?? history, options);
  const everybody = await everybodyBefore(past ?? history, fittedTo);
  using pool = usePool(algorithms, options);
  const data = { history, truth, ...(past && { past }), fittedTo };
  const prepare = () => prepareHoldout(data, { ...population, everybody });
  const shared = pool.isParallel ? undefined : prepare();
  using jobs = pool.load({ ...data, ...shared }, { k, ...population });
  const fittedBesides = (algorithm: Algorithm) => {
    const names = algorithm.fitsBesides?.(modelOptions(algorithm, options)) ?? [];
    return algorithms.filter(({ name }) => names.includes(name));
  };
  const tunedBefore = async (algorithm: Algorithm): Promise<TunedOptions> => {
    const tuned = await options.tunedBefore?.of(algorithm.name);
    return tuned ? { [algorithm.name]: tuned } : {};
  };
  const measure = async (algorithm: Algorithm, progress: Progress): Promise<Done<Measured>> => {
    const tuned = withTuned(options.tuned, await tunedBefore(algorithm));
    // What another model fits besides comes after it.
    for (const other of algorithms) {
      if (fittedBesides(other).includes(algorithm)) await tunedBefore(other);
    }
    const given = modelOptions(algorithm, { ...options, tuned });
    const besides = fittedBesides(algorithm)
      .map((algorithm) => ({ algorithm, options: modelOptions(algorithm, options) }));
    const outcome = await jobs.measure(algorithm, given, progress, besides);
    options.tunes?.settle(algorithm.name, "result" in outcome ? outcome.result.tuned : undefined);
    const isUnfit = "error" in outcome && outcome.error instanceof InputError;
    if (isUnfit && skipUnfit) {
      return { result: { model: algorithm.name, reason: outcome.error.message }, did: "skipped" };
    }
    const did = `fitted and measured in ${outcome.seconds.toFixed(1)} s`;
    return { result: resultOf(outcome), did };
  };
  const [results, holdout] = await Promise.all([
    mapModels(algorithms, pool, progress, measure),
    // Workers are busy from the next task on, so this thread has time.
    shared ?? sleep(0).then(prepare),
  ]);
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

/** Facts of all users, if the training data is a sample of them. */
async function everybodyBefore(
  { statistics }: Interactions,
  { statistics: fittedTo }: Interactions,
): Promise<Everybody | undefined> {
  if (statistics === undefined || fittedTo === undefined) return undefined;
  return {
    familiarity: await statistics.familiarity(),
    popularity: await fittedTo.popularity(popularity.defaults),
  };
}

/** Fits every model to all interactions. */
export async function fitModels(
  algorithms: readonly Algorithm[],
  interactions: Interactions,
  options: FitOptions & WorkerOptions,
  progress: Progress = () => {},
): Promise<Model[]> {
  const fittedTo = prepareTraining(interactions, options);
  using pool = usePool(algorithms, options);
  // Nothing is measured, so the truth doesn't matter.
  using jobs = pool.load({ history: fittedTo, fittedTo, truth: fittedTo });
  return await mapModels(
    algorithms,
    pool,
    progress,
    async (algorithm, progress) => {
      const outcome = await jobs.fit(algorithm, modelOptions(algorithm, options), progress);
      return { result: resultOf(outcome), did: `fitted in ${outcome.seconds.toFixed(1)} s` };
    },
  );
}

/** The pool that the options name, which goes on afterwards, or one that ends with its use. */
export function usePool(algorithms: readonly Algorithm[], options: WorkerOptions): JobPool {
  const { pool } = options;
  return pool ? { ...pool, [Symbol.dispose]() {} } : startPool(algorithms, options);
}

/** Starts a pool for some models, with workers only if they save time. */
export function startPool(
  algorithms: readonly Algorithm[],
  { workers = 1 }: Pick<WorkerOptions, "workers">,
): JobPool {
  const useful = Math.min(workers, algorithms.length);
  return useful > 1 ? createWorkerPool({ workers: useful }) : createLocalPool();
}

/** A model's figures, or why it has none. */
type Measured = MeasuredModel | SkippedModel;

/** A job's result, and what was done to the model, in words. */
interface Done<Result> {
  readonly result: Result;
  readonly did: string;
}

/**
 * Runs a job for every model, the longest first, and notes each when it ends; the results are in
 * the order of the models.
 */
async function mapModels<Result>(
  algorithms: readonly Algorithm[],
  { isParallel }: JobPool,
  progress: Progress,
  run: (algorithm: Algorithm, progress: Progress) => Promise<Done<Result>>,
): Promise<Result[]> {
  const done = algorithms.map(() => 0);
  const runOne = async (algorithm: Algorithm, i: number) => {
    const advance: Progress = (share, note) => {
      done[i] = share;
      progress(sum(done) / algorithms.length, note);
    };
    const { result, did } = await run(algorithm, advance);
    advance(1, `${algorithm.name} ${did}`);
    return result;
  };
  const results = new Array<Result>(algorithms.length);
  const runNext = async (i: number) => results[i] = await runOne(algorithms[i], i);
  const order = longestFirst(algorithms);
  if (isParallel) await Promise.all(order.map(runNext));
  else for (const i of order) await runNext(i);
  return results;
}

/** Positions of the algorithms by {@linkcode placeByLength}. */
function longestFirst(algorithms: readonly Algorithm[]): number[] {
  const place = (i: number) => placeByLength(algorithms[i].name);
  return [...algorithms.keys()].sort((a, b) => place(a) - place(b) || a - b);
}
