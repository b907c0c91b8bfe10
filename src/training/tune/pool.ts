import type { Progress } from "../../interactions/progress.ts";
import type { FromWorker, ToWorker, TrialOutcome } from "./messages.ts";
import type { TrialOptions } from "./search_space.ts";
import { shareTrialData } from "./share.ts";
import type { MeasureOptions } from "./trial.ts";
import type { TrialData } from "./trial_data.ts";

/** Workers that run trials side by side. */
export interface TrialPool extends Disposable {
  /** Hands data to every worker, for the trials that follow; none may be waiting or running. */
  load(data: TrialData): void;
  /** Runs a trial as soon as a worker is free. Rejects if a worker breaks or the pool was stopped. */
  run(options: TrialOptions, progress?: Progress): Promise<TrialOutcome>;
}

interface Job {
  readonly options: TrialOptions;
  readonly progress: Progress;
  readonly end: (outcome: TrialOutcome) => void;
}

/**
 * Starts workers. They end, whatever they are at, when the pool is disposed of or `signal` aborts; trials that
 * have not ended then are rejected with the signal's reason.
 *
 * @param model The name of one of the registered models.
 */
export function createTrialPool(
  model: string,
  measure: MeasureOptions,
  { workers: count = 2, signal }: { workers?: number; signal?: AbortSignal } = {},
): TrialPool {
  const waiting: Job[] = [];
  const running = new Map<Worker, Job>();
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
      const job = running.get(worker);
      if ("progress" in data) return job?.progress(data.progress);
      running.delete(worker);
      job?.end(data.outcome);
      assign();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      stop(new Error(`A worker broke while tuning ${model}: ${event.message}`));
    };
    return worker;
  }

  function assign(): void {
    for (const worker of workers) {
      if (waiting.length === 0 || running.has(worker)) continue;
      const job = waiting.shift()!;
      running.set(worker, job);
      tell(worker, { options: job.options });
    }
  }

  function stop(reason: unknown): void {
    signal?.removeEventListener("abort", abort);
    for (const worker of workers) worker.terminate();
    waiting.length = 0;
    stopped.reject(reason);
  }

  return {
    load(data) {
      const assignment = { model, measure, data: shareTrialData(data) };
      for (const worker of workers) tell(worker, assignment);
    },
    run(options, progress = () => {}) {
      const ended = Promise.withResolvers<TrialOutcome>();
      waiting.push({ options, progress, end: ended.resolve });
      assign();
      return Promise.race([ended.promise, stopped.promise]);
    },
    [Symbol.dispose]: () => stop(new Error("The pool was disposed of")),
  };
}

function tell(worker: Worker, message: ToWorker): void {
  worker.postMessage(message);
}
