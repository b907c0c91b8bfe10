import type { Progress } from "../../base/progress.ts";
import type { MeasureOptions } from "./trial.ts";
import type { JobData } from "./job_data.ts";
import type { Job, JobResults } from "./jobs.ts";
import type { FromWorker, Outcome, ToWorker } from "./messages.ts";
import { shareJobData } from "./share.ts";

/** Workers that run jobs side by side. */
export interface JobPool extends Disposable {
  /** Hands data to every worker, for the jobs that follow; none may be waiting or running. */
  load(data: JobData, measure: MeasureOptions): void;
  /** Runs a job as soon as a worker is free. Rejects if a worker breaks or the pool was stopped. */
  run<Kind extends keyof JobResults>(
    job: Job<Kind>,
    progress?: Progress,
  ): Promise<Outcome<JobResults[Kind]>>;
}

interface WaitingJob {
  readonly job: Job;
  readonly progress: Progress;
  readonly end: (outcome: Outcome<JobResults[keyof JobResults]>) => void;
}

/**
 * Starts workers. They end, whatever they are at, when the pool is disposed of or `signal` aborts; jobs that
 * have not ended then are rejected with the signal's reason.
 */
export function createJobPool(
  { workers: count = 2, signal }: { workers?: number; signal?: AbortSignal } = {},
): JobPool {
  const waiting: WaitingJob[] = [];
  const running = new Map<Worker, WaitingJob>();
  const workers = Array.from({ length: count }, startWorker);
  const stopped = Promise.withResolvers<never>();
  // Nobody may be waiting when the pool is stopped.
  stopped.promise.catch(() => {});
  const abort = () => stop(signal?.reason);
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort);

  function startWorker(): Worker {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      const current = running.get(worker);
      if ("progress" in data) return current?.progress(data.progress);
      running.delete(worker);
      current?.end(data.outcome);
      assign();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      stop(new Error(`A worker broke: ${event.message}`));
    };
    return worker;
  }

  function assign(): void {
    for (const worker of workers) {
      if (waiting.length === 0 || running.has(worker)) continue;
      const next = waiting.shift()!;
      running.set(worker, next);
      tell(worker, { job: next.job });
    }
  }

  function stop(reason: unknown): void {
    signal?.removeEventListener("abort", abort);
    for (const worker of workers) worker.terminate();
    waiting.length = 0;
    stopped.reject(reason);
  }

  return {
    load(data, measure) {
      const assignment = { measure, data: shareJobData(data) };
      for (const worker of workers) tell(worker, assignment);
    },
    run<Kind extends keyof JobResults>(job: Job<Kind>, progress: Progress = () => {}) {
      const ended = Promise.withResolvers<Outcome<JobResults[Kind]>>();
      // A worker answers a job with a result of its kind.
      const end = ended.resolve as WaitingJob["end"];
      waiting.push({ job, progress, end });
      assign();
      return Promise.race([ended.promise, stopped.promise]);
    },
    [Symbol.dispose]: () => stop(new Error("The pool was disposed of")),
  };
}

function tell(worker: Worker, message: ToWorker): void {
  worker.postMessage(message);
}
