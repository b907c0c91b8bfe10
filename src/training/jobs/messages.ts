import type { MeasureOptions } from "./trial.ts";
import type { Job, JobResults } from "./jobs.ts";
import type { SharedJobData } from "./share.ts";

/** What a worker is told: what the jobs that follow are to be run on, or one of them. */
export type ToWorker = Assignment | { readonly job: Job };

/** What jobs have in common. */
export interface Assignment {
  readonly measure: MeasureOptions;
  readonly data: SharedJobData;
}

/** What one job came to: its result, or why it has none. */
export type Outcome<Result> =
  & { readonly seconds: number }
  & (
    | { readonly result: Result }
    | {
      readonly error: string;
      /** Whether it is the user's mistake; else it is a bug, and the error is its trace. */
      readonly mistake: boolean;
    }
  );

/** What a worker tells: how far its job has come, from 0 to 1, then what came of it. */
export type FromWorker =
  | { readonly progress: number }
  | { readonly outcome: Outcome<JobResults[keyof JobResults]> };
