import type { Progress } from "../../base/progress.ts";
import type { Fit } from "../../models/fitted_before.ts";
import type { Algorithm, Model } from "../../models/model.ts";
import type { JobData, PreparedJobData } from "./job_data.ts";
import type { MeasuredModel, MeasureOptions } from "./job_runner.ts";

/** Runs jobs, which fit models and measure them. */
export interface JobPool extends Disposable {
  /** Whether jobs run in parallel; if not, each starts when it is submitted, even if others run. */
  readonly isParallel: boolean;
  /** Takes the data of some jobs. Jobs on other data may be waiting or running. */
  load(data: JobData | PreparedJobData, measure?: MeasureOptions): LoadedJobs;
}

/** Fits models to the same data, and measures them. Disposing of it releases the data. */
export interface LoadedJobs extends Disposable {
  /** Fits a model. Rejects if the pool breaks or is stopped. */
  fit(algorithm: Algorithm, options: object, progress?: Progress): Promise<Outcome<Model>>;
  /**
   * Fits a model and measures it. Rejects as {@linkcode LoadedJobs.fit} does.
   *
   * @param besides Models that later jobs measure, see `JobRunner.measure`.
   */
  measure(
    algorithm: Algorithm,
    options: object,
    progress?: Progress,
    besides?: readonly Fit[],
  ): Promise<Outcome<MeasuredModel>>;
}

/** The result of a job, or why it failed. */
export type Outcome<Result> =
  & { readonly seconds: number }
  & (
    | { readonly result: Result }
    | {
      /** An `InputError` if the user made a mistake. */
      readonly error: Error;
    }
  );

/**
 * The result of a job.
 *
 * @throws {Error} The job's own error, if it failed.
 */
export function resultOf<Result>(outcome: Outcome<Result>): Result {
  if ("result" in outcome) return outcome.result;
  throw outcome.error;
}
