import type { Tensors } from "../../linalg/tensor.ts";
import type { MeasuredModel, MeasureOptions } from "./job_runner.ts";
import type { SharedJobData } from "./share.ts";

/** A message to a worker: data for jobs, a job, or the number of data that no job will need. */
export type ToWorker = Assignment | { readonly job: Job } | { readonly release: number };

/** What jobs have in common. */
export interface Assignment {
  /** The number that jobs name the data by. */
  readonly dataId: number;
  readonly data: SharedJobData;
  readonly measure?: MeasureOptions;
}

/** A model to fit, and what to send back. */
export interface Job<Output extends keyof JobResults = keyof JobResults> {
  /** The number of the data. */
  readonly dataId: number;
  /** The name of a registered model. */
  readonly model: string;
  readonly options: object;
  readonly output: Output;
  /** Models that later jobs measure, see `JobRunner.measure`. */
  readonly besides?: readonly { readonly model: string; readonly options: object }[];
}

/** What a worker can send back of a fitted model. */
export interface JobResults {
  /** How it did. */
  readonly figures: MeasuredModel;
  /** What it learned. */
  readonly tensors: Tensors;
}

/** The outcome of one job: its result, or why it failed. */
export type JobEnd =
  & { readonly seconds: number }
  & (
    | { readonly result: JobResults[keyof JobResults] }
    | {
      readonly error: string;
      /** Whether the user made a mistake; if not, it is a bug, and the error is its stack trace. */
      readonly mistake: boolean;
    }
  );

/** A message from a worker: the progress of its job, from 0 to 1, or its end. */
export type FromWorker = { readonly progress: number } | { readonly end: JobEnd };
