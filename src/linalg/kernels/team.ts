import type { Space } from "./space.ts";
import { runCalls, type SharedWork } from "./shared_work.ts";

/** Threads that share kernel calls on one memory. */
export interface Team extends Disposable {
  /**
   * Makes calls of one kernel, which must not depend on each other: in any order, whoever is free takes the next.
   *
   * @param calls The parameters of each call but the last, the scratch memory.
   */
  run(kernel: SharedWork["kernel"], calls: readonly (readonly number[])[]): Promise<void>;
}

/**
 * Gathers threads: this one and Workers. Where the runtime has none, which is said once in the log, this one does all.
 *
 * @param options `threads` counts this one; `scratch` is how many numbers of 4 bytes a kernel needs to itself.
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
        handOver(worker, { ...work, scratch: scratches[i + 1] })
      );
      runCalls(space, { ...work, scratch: scratches[0] });
      await Promise.all(done);
    },
    [Symbol.dispose]() {
      for (const worker of workers) worker.terminate();
    },
  };
}

let toldOfWorkers = false;

function hasWorkers(): boolean {
  if (typeof Worker === "function") return true;
  if (!toldOfWorkers) {
    console.warn("This runtime lacks Workers: one thread gives the same results, later");
    toldOfWorkers = true;
  }
  return false;
}

/** Resolves when the worker finds nothing more to do. */
function handOver(worker: Worker, work: SharedWork): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.onmessage = () => resolve();
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(`A thread broke: ${event.message}`));
  };
  worker.postMessage({ work });
  return promise;
}
