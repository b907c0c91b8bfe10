import { sleep } from "../../base/time.ts";

/** How long others get between two turns, as a share of the last one. */
const PAUSE_SHARE = 0.5;
/**
 * In milliseconds: a request needs a few turns of the event loop to arrive and be answered. After
 * less work than that, the pause is as long as the work.
 */
const MIN_PAUSE_MS = 4;
const MAX_PAUSE_MS = 50;

/** Does heavy work one after another, with pauses in which everything else gets its turn. */
export class Turns {
  /** Resolves after the pause that follows the last work. */
  #last: Promise<void> = Promise.resolve();

  /** Does something when all before it is done. */
  take<T>(work: () => T | Promise<T>): Promise<T> {
    let started = 0;
    const result = this.#last.then(() => {
      started = performance.now();
      return work();
    });
    const pause = () => {
      const took = performance.now() - started;
      const least = Math.min(took, MIN_PAUSE_MS);
      return sleep(Math.min(MAX_PAUSE_MS, Math.max(least, PAUSE_SHARE * took)));
    };
    this.#last = result.then(pause, pause);
    return result;
  }
}
