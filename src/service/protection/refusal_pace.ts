import { sleep } from "../../base/time.ts";

const WINDOW_MS = 100;

/**
 * How many refusals of a window are sent immediately, so that proxies can turn to another process.
 */
const IMMEDIATE = 50;

/** At least as long as `Retry-After` asks to wait, and less than a stopping service waits. */
const MIN_HOLD_MS = 1000;
const MAX_HOLD_MS = 3000;

/** Milliseconds between two delayed refusals, unless that delays them for too long. */
const INTERVAL_MS = 1;

/** Refusals due within as many milliseconds share a timer. */
const TIMER_MS = 20;

/** Some tens of megabytes of requests. */
const MAX_HELD = 20_000;

/**
 * Delays refusals if there are many. A client that ignores `Retry-After` sends its next request as
 * soon as the last one is refused: thousands of them would keep the process busy with refusing.
 * Delayed by one to three seconds and spread evenly, each client costs one refusal in that time.
 */
export class RefusalPace {
  #windowStart = -Infinity;
  #inWindow = 0;
  #held = 0;
  /** When the last of the delayed refusals is due. */
  #due = -Infinity;
  #timer: { readonly at: number; readonly fired: Promise<void> } | undefined;

  /** Resolves when a refusal should be sent; undefined for immediately. */
  next(now = performance.now()): Promise<void> | undefined {
    if (now - this.#windowStart >= WINDOW_MS) {
      this.#windowStart = now;
      this.#inWindow = 0;
    }
    if (++this.#inWindow <= IMMEDIATE || this.#held >= MAX_HELD) return undefined;
    this.#held++;
    const earliest = Math.max(this.#due + INTERVAL_MS, now + MIN_HOLD_MS);
    this.#due = Math.min(earliest, now + MAX_HOLD_MS);
    const at = Math.ceil(this.#due / TIMER_MS) * TIMER_MS;
    if (this.#timer?.at !== at) this.#timer = { at, fired: sleep(at - now) };
    return this.#timer.fired.then(() => void this.#held--);
  }
}
