import { InputError } from "../../base/input_error.ts";
import type { Progress } from "../../base/progress.ts";
import { placeByLength } from "./longest_first.ts";
import type { FromWorker, Job, JobEnd, JobResults, ToWorker } from "./messages.ts";
import type { JobPool, Outcome } from "./pool.ts";
import { shareJobData } from "./share.ts";

interface WaitingJob {
  readonly job: Job;
  /** Names of the models that the job leaves in its worker. */
  readonly leaves: readonly string[];
  readonly progress: Progress;
  readonly end: (end: JobEnd) => void;
}

/**
 * A pool that runs jobs in workers, each as soon as one is free; only of registered models. A
 * worker that fits a blend's members takes their jobs first, and leaves the others to the rest.
 * Jobs on the first data come before those on others, of which the longest come first.
 * When the pool is disposed of or `signal` aborts, the workers stop immediately; the jobs that
 * haven't ended are rejected with the signal's reason.
 */
export function createWorkerPool(
  { workers: count = 2, signal }: { workers?: number; signal?: AbortSignal } = {},
): JobPool {
  const waiting: WaitingJob[] = [];
  const running = new Map<Worker, WaitingJob>();
  /** Data and names of the models that each worker needn't fit again. */
  const known = new Map<Worker, Set<string>>();
  let loaded = 0;
  const workers = Array.from({ length: count }, startWorker);
  const stopped = Promise.withResolvers<never>();
  // There may be no job to reject when the pool is stopped.
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
      current?.end(data.end);
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
      const [next] = waiting.splice(nextFor(worker), 1);
      running.set(worker, next);
      const { dataId } = next.job;
      const left = next.leaves.map((model) => keyOf({ dataId, model }));
      known.set(worker, new Set([...known.get(worker) ?? [], ...left]));
      post(worker, { job: next.job });
    }
  }

  /** The position of the waiting job that saves most. */
  function nextFor(worker: Worker): number {
    const isKnown = ({ job }: WaitingJob) => known.get(worker)?.has(keyOf(job)) ?? false;
    const own = waiting.findIndex(isKnown);
    if (own >= 0) return own;
    const isFree = ({ job }: WaitingJob) => !known.values().some((keys) => keys.has(keyOf(job)));
    const free = waiting.filter(isFree);
    const next = (free.length > 0 ? free : waiting).reduce((next, other) =>
      placeOf(other) < placeOf(next) ? other : next
    );
    return waiting.indexOf(next);
  }

  function stop(reason: unknown): void {
    signal?.removeEventListener("abort", abort);
    for (const worker of workers) worker.terminate();
    waiting.length = 0;
    stopped.reject(reason);
  }

  async function run<Output extends keyof JobResults>(
    job: Job<Output>,
    leaves: readonly string[] = [],
    progress: Progress = () => {},
  ): Promise<Outcome<JobResults[Output]>> {
    const ended = Promise.withResolvers<JobEnd>();
    waiting.push({ job, leaves, progress, end: ended.resolve });
    assign();
    const end = await Promise.race([ended.promise, stopped.promise]);
    const { seconds } = end;
    // A worker answers a job with what it wants.
    if ("result" in end) return { result: end.result as JobResults[Output], seconds };
    return { error: end.mistake ? new InputError(end.error) : new Error(end.error), seconds };
  }

  return {
    isParallel: true,
    load(data, measure) {
      const dataId = loaded++;
      const assignment = { dataId, measure, data: shareJobData(data) };
      for (const worker of workers) post(worker, assignment);
      return {
        async fit(algorithm, options, progress) {
          const outcome = await run(
            { dataId, model: algorithm.name, options, output: "tensors" },
            algorithm.fitsBesides?.(options),
            progress,
          );
          return "result" in outcome
            ? { ...outcome, result: algorithm.fromTensors(outcome.result) }
            : outcome;
        },
        measure: ({ name: model, fitsBesides }, options, progress, besides = []) =>
          run(
            {
              ...{ dataId, model, options, output: "figures" },
              besides: besides.map(({ algorithm, options }) => ({
                model: algorithm.name,
                options,
              })),
            },
            fitsBesides?.(options),
            progress,
          ),
        [Symbol.dispose]() {
          for (const worker of workers) post(worker, { release: dataId });
        },
      };
    },
    [Symbol.dispose]: () => stop(new Error("The pool was disposed of")),
  };
}

/**
 * The place of a job among those that wait. What depends on the first data, such as what is fitted
 * after a validation, can't start before it is done with; all else ends soonest if the longest
 * jobs start first, whatever their data.
 */
function placeOf({ job: { dataId, model } }: WaitingJob): number {
  return dataId === 0 ? -1 : placeByLength(model);
}

/** The key of a model that was fitted to some data. */
function keyOf({ dataId, model }: Pick<Job, "dataId" | "model">): string {
  return `${dataId} ${model}`;
}

function post(worker: Worker, message: ToWorker): void {
  worker.postMessage(message);
}
