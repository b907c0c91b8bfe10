/** One worker of the pool: takes data, and runs jobs on it one after another. */
/// <reference lib="deno.worker" />
import { InputError } from "../../base/input_error.ts";
import type { Progress } from "../../base/progress.ts";
import { secondsSince } from "../../base/time.ts";
import type { Tensors } from "../../linalg/tensor.ts";
import { algorithmNamed } from "../../models/mod.ts";
import { createJobRunner, type JobRunner } from "./job_runner.ts";
import type { FromWorker, Job, JobEnd, JobResults, ToWorker } from "./messages.ts";
import { receiveJobData } from "./share.ts";

const PROGRESS_EVERY_MS = 100;
const runners = new Map<number, JobRunner>();

self.onmessage = ({ data: message }: MessageEvent<ToWorker>) => {
  if ("data" in message) {
    const { dataId, data, measure } = message;
    runners.set(dataId, createJobRunner(receiveJobData(data), measure));
  } else if ("release" in message) {
    runners.delete(message.release);
  } else tryJob(message.job).then((end) => post({ end }));
};

async function tryJob(job: Job): Promise<JobEnd> {
  const start = performance.now();
  try {
    return { result: await runJob(job, postProgress()), seconds: secondsSince(start) };
  } catch (error) {
    const mistake = error instanceof InputError;
    return { error: describe(error), mistake, seconds: secondsSince(start) };
  }
}

async function runJob(
  { dataId, model, options, output, besides = [] }: Job,
  progress: Progress,
): Promise<JobResults[keyof JobResults]> {
  // The data of a job is released after it.
  const runner = runners.get(dataId)!;
  const algorithm = algorithmNamed(model);
  return output === "figures"
    ? await runner.measure(
      algorithm,
      options,
      progress,
      besides.map(({ model, options }) => ({ algorithm: algorithmNamed(model), options })),
    )
    : ownBytes((await runner.fit(algorithm, options, progress)).toTensors());
}

/**
 * Copies views: with a view the whole buffer behind it, such as a kernel's memory, would be sent.
 */
function ownBytes(tensors: Tensors): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]),
  );
}

/** A mistake needs no stack trace; a bug does. */
function describe(error: unknown): string {
  if (error instanceof InputError) return error.message;
  return error instanceof Error ? error.stack ?? String(error) : String(error);
}

/** Sends the first share at once, so that a short job reports, too; then at most ten a second. */
function postProgress(): Progress {
  let last = -Infinity;
  return (progress) => {
    const now = performance.now();
    if (now - last < PROGRESS_EVERY_MS) return;
    last = now;
    post({ progress });
  };
}

function post(message: FromWorker): void {
  self.postMessage(message);
}
