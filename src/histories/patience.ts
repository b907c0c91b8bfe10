/** How long a silent place is left alone before it is asked again, in milliseconds. */
const PAUSE_MS = 500;

/**
 * Limits how long reads wait. After one that took too long, further ones fail immediately; after a
 * pause the next one tries again, alone: a circuit breaker (Nygard, Release It!, 2007).
 */
export class Patience {
  readonly #ms: number;
  readonly #pauseMs: number;
  /** Until when the place is left alone, on the clock of `performance.now`; 0 if it answers. */
  #silentUntil = 0;

  /**
   * @param seconds How long a read may take.
   * @param options `pauseMs`: how long a silent place is left alone. Default 500.
   */
  constructor(seconds: number, { pauseMs = PAUSE_MS } = {}) {
    this.#ms = 1000 * seconds;
    this.#pauseMs = pauseMs;
  }

  /**
   * Reads.
   *
   * @param read Is given a signal that aborts when the time is over.
   * @throws {Error} If it takes too long, or an earlier one did.
   */
  async run<T>(read: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const now = performance.now();
    if (now < this.#silentUntil) throw this.#late();
    // One tries again, and the others don't wait for it.
    if (this.#silentUntil > 0) this.#silentUntil = now + this.#ms + this.#pauseMs;
    const controller = new AbortController();
    const { promise: over, reject } = Promise.withResolvers<never>();
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      this.#silentUntil = performance.now() + this.#pauseMs;
      const late = this.#late();
      reject(late);
      controller.abort(late);
    }, this.#ms);
    try {
      return await Promise.race([read(controller.signal), over]);
    } finally {
      clearTimeout(timer);
      // An error in time is an answer, too.
      if (!isLate) this.#silentUntil = 0;
    }
  }

  #late(): Error {
    const seconds = this.#ms / 1000;
    return new Error(`no answer within ${seconds} ${seconds === 1 ? "second" : "seconds"}`);
  }
}
