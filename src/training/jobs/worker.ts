/** One worker of the pool: takes data, then runs one job on it after another. */
/// <reference lib="deno.worker" />
import { InputError } from "../../base/input_error.ts";
import type { Progress } from "../../base/progress.ts";
import { secondsSince } from "../../base/time.ts";
import { createJobRunner, type Job, type JobResults, type JobRunner } from "./jobs.ts";
import type { FromWorker, Outcome, ToWorker } from "./messages.ts";
import { receiveJobData } from "./share.ts";

const PROGRESS_EVERY_MS = 100;
let run: JobRunner;

self.onmessage = ({ data: message }: MessageEvent<ToWorker>) => {
  if ("data" in message) run = createJobRunner(receiveJobData(message.data), message.measure);
  else tryJob(message.job).then((outcome) => tell({ outcome }));
};

async function tryJob(job: Job): Promise<Outcome<JobResults[keyof JobResults]>> {
  const start = performance.now();
  const seconds = () => secondsSince(start);
  try {
    return { result: await run(job, tellProgress()), seconds: seconds() };
  } catch (error) {
    const mistake = error instanceof InputError;
    return { error: describe(error), mistake, seconds: seconds() };
  }
}

/** A bad option needs no trace; anything else is a bug of the model's, to be found by its trace. */
function describe(error: unknown): string {
  if (error instanceof InputError) return error.message;
  return error instanceof Error ? error.stack ?? String(error) : String(error);
}

function tellProgress(): Progress {
  let told = performance.now();
  return (progress) => {
    const now = performance.now();
    if (now - told < PROGRESS_EVERY_MS) return;
    told = now;
    tell({ progress });
  };
}

function tell(message: FromWorker): void {
  self.postMessage(message);
}
