import { StoreError } from "./store_error.ts";

/** How often a store that didn't answer is asked whether it does again, in milliseconds. */
const PROBE_EVERY_MS = 500;

/** A call that hasn't been answered yet. */
interface Pending {
  /** When it is given up, on the clock of `performance.now`. */
  readonly until: number;
  readonly giveUp: () => void;
}

/**
 * Limits how long calls to a store wait for its answer. After one that had none, further calls fail
 * immediately until the store has answered a probe, so that no request waits for a dead store: a
 * circuit breaker (Nygard, Release It!, 2007), which probes in the background.
 */
export class Deadline implements Disposable {
  readonly #ms: number;
  readonly #probeEveryMs: number;
  /** In the order in which they are given up. */
  readonly #pending = new Set<Pending>();
  #probe: (() => Promise<unknown>) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #probeTimer: ReturnType<typeof setTimeout> | undefined;
  #isSilent = false;
  #isEnded = false;

  /**
   * @param seconds How long a call may take.
   * @param options `probeEveryMs`: milliseconds from one probe to the next. Default 500.
   */
  constructor(seconds: number, { probeEveryMs = PROBE_EVERY_MS } = {}) {
    this.#ms = 1000 * seconds;
    this.#probeEveryMs = probeEveryMs;
  }

  /** The call that shows whether the store answers again. Until it is set, every call is made. */
  set probe(probe: () => Promise<unknown>) {
    this.#probe = probe;
  }

  /**
   * Makes a call. One that is given up goes on: what it writes may still be stored.
   *
   * @throws {StoreError} If it isn't answered in time, or an earlier one wasn't and no probe has
   *   been answered since.
   */
  run<T>(call: () => Promise<T>): Promise<T> {
    return this.#isSilent ? Promise.reject(this.#error()) : this.#inTime(call);
  }

  #inTime<T>(call: () => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const pending = { until: performance.now() + this.#ms, giveUp: () => reject(this.#error()) };
    this.#pending.add(pending);
    call().then(
      (answer) => {
        this.#pending.delete(pending);
        resolve(answer);
      },
      (error) => {
        this.#pending.delete(pending);
        reject(error);
      },
    );
    this.#timer ??= setTimeout(() => this.#giveUpLate(), this.#ms);
    return promise;
  }

  #error(): StoreError {
    const reason = `it didn't answer within ${this.#ms / 1000} seconds`;
    return new StoreError(reason, { reason });
  }

  #giveUpLate(): void {
    this.#timer = undefined;
    const now = performance.now();
    for (const pending of this.#pending) {
      if (pending.until > now) {
        this.#timer = setTimeout(() => this.#giveUpLate(), pending.until - now);
        return;
      }
      this.#pending.delete(pending);
      pending.giveUp();
      this.#becomeSilent();
    }
  }

  #becomeSilent(): void {
    if (this.#isSilent || !this.#probe || this.#isEnded) return;
    this.#isSilent = true;
    this.#probeAfterPause(this.#probe);
  }

  /** Probes until the store answers. */
  #probeAfterPause(probe: () => Promise<unknown>): void {
    this.#probeTimer = setTimeout(async () => {
      try {
        await this.#inTime(probe);
        this.#isSilent = false;
      } catch {
        if (!this.#isEnded) this.#probeAfterPause(probe);
      }
    }, this.#probeEveryMs);
    Deno.unrefTimer(this.#probeTimer);
  }

  /** Stops probing. */
  [Symbol.dispose](): void {
    this.#isEnded = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#probeTimer);
  }
}
