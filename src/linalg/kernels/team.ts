import type { Space } from "./space.ts";
import { runCalls, type SharedWork } from "./shared_work.ts";

/** Threads that make kernel calls on the same memory. */
export interface Team extends Disposable {
  /**
   * Makes calls of one kernel, in any order and in parallel, so they must be independent.
   *
   * @param calls The parameters of each call, without the last one, the scratch memory.
   */
  run(kernel: SharedWork["kernel"], calls: readonly (readonly number[])[]): Promise<void>;
}

/**
 * Starts a team: this thread and Workers. In a runtime without Workers this thread does all the
 * work, with the same results, and a warning is logged once.
 *
 * @param options `threads` includes this one; `scratch` is the private memory that the kernel needs
 * per thread, in units of 4 bytes.
 */
export function createTeam(
  space: Space,
  { threads, scratch }: { threads: number; scratch: number },
): Team {
  const next = space.integers(1);
  const available = threads > 1 && !hasWorkers() ? 1 : threads;
  const scratches = Array.from({ length: available }, () => space.floats(scratch).byteOffset);
  const workers = scratches.slice(1).map(() =>
    new Worker(new URL("./team_worker.ts", import.meta.url), { type: "module" })
  );
  for (const worker of workers) worker.postMessage({ memory: space.memory });
  return {
    async run(kernel, calls) {
      next[0] = 0;
      const work = { kernel, calls, next: next.byteOffset };
      const done = workers.map((worker, i) =>
        runInWorker(worker, { ...work, scratch: scratches[i + 1] })
      );
      runCalls(space, { ...work, scratch: scratches[0] });
      await Promise.all(done);
    },
    [Symbol.dispose]() {
      for (const worker of workers) worker.terminate();
    },
  };
}

let hasWarned = false;

function hasWorkers(): boolean {
  if (typeof Worker === "function") return true;
  if (!hasWarned) {
    console.warn(
      "This runtime lacks Workers: computing on one thread, with the same results but more slowly",
    );
    hasWarned = true;
  }
  return false;
}

/** Resolves when the worker has run out of calls. */
function runInWorker(worker: Worker, work: SharedWork): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.onmessage = () => resolve();
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(`A worker thread failed: ${event.message}`));
  };
  worker.postMessage({ work });
  return promise;
}
