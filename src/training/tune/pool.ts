import type { Progress } from "../../base/progress.ts";
import { createJobPool } from "../jobs/pool.ts";
import type { TrialOptions } from "./search_space.ts";
import type { MeasureOptions, TrialFigures } from "../jobs/trial.ts";
import type { TrialData } from "../jobs/trial_data.ts";

/** The outcome of one trial: figures, or why there are none. */
export type TrialOutcome =
  & { readonly seconds: number }
  & (
    | { readonly figures: TrialFigures }
    | { readonly error: string }
  );

/** Workers that run trials in parallel. */
export interface TrialPool extends Disposable {
  /** Gives every worker the data for the trials that follow; no trial may be waiting or running. */
  load(data: TrialData): void;
  /**
   * Runs a trial as soon as a worker is free. Rejects if a worker crashes or the pool was stopped.
   */
  run(options: TrialOptions, progress?: Progress): Promise<TrialOutcome>;
}

/**
 * Starts workers for trials of one model.
 *
 * @param model The name of one of the registered models.
 */
export function createTrialPool(
  model: string,
  measure: MeasureOptions,
  options: { workers?: number; signal?: AbortSignal } = {},
): TrialPool {
  const pool = createJobPool(options);
  return {
    load: (data) => pool.load(data, measure),
    async run(options, progress) {
      const outcome = await pool.run({ kind: "trial", model, options }, progress);
      const { seconds } = outcome;
      return "result" in outcome
        ? { figures: outcome.result, seconds }
        : { error: outcome.error, seconds };
    },
    [Symbol.dispose]: () => pool[Symbol.dispose](),
  };
}
