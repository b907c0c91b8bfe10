import { secondsSince } from "../../base/time.ts";
import { createJobRunner } from "./job_runner.ts";
import type { JobPool, Outcome } from "./pool.ts";

/** A pool that runs jobs on this thread as they are submitted, of any algorithm. */
export function createLocalPool(): JobPool {
  return {
    isParallel: false,
    load(data, measure) {
      const runner = createJobRunner(data, measure);
      return {
        fit: (algorithm, options, progress = () => {}) =>
          timed(() => runner.fit(algorithm, options, progress)),
        measure: (algorithm, options, progress = () => {}, besides) =>
          timed(() => runner.measure(algorithm, options, progress, besides)),
        [Symbol.dispose]() {},
      };
    },
    [Symbol.dispose]() {},
  };
}

async function timed<Result>(run: () => Promise<Result>): Promise<Outcome<Result>> {
  const start = performance.now();
  try {
    return { result: await run(), seconds: secondsSince(start) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { error, seconds: secondsSince(start) };
  }
}
