import { sleep } from "../../base/time.ts";

const WINDOW_MS = 100;

/**
 * How many refusals of a window are sent immediately, so that proxies can turn to another process.
 */
const IMMEDIATE = 50;

/** At least as long as `Retry-After` asks to wait, and less than a stopping service waits. */
const MIN_HOLD_MS = 1000;
const MAX_HOLD_MS = 3000;

/** How many delayed refusals are sent a millisecond, unless that delays them for too long. */
const HELD_PER_MS = 1.5;

/** Some tens of megabytes of requests. */
const MAX_HELD = 20_000;

/**
 * Delays refusals if there are many. A client that ignores `Retry-After` sends its next request as
 * soon as the last one is refused: thousands of them would keep the process busy with refusing.
 * Delayed by one to three seconds, longer the more there are, each client costs one refusal in that
 * time.
 */
export class RefusalPace {
  #windowStart = -Infinity;
  #inWindow = 0;
  #held = 0;
  #release: Promise<void> | undefined;

  /** Resolves when a refusal should be sent; undefined for immediately. */
  next(now = performance.now()): Promise<void> | undefined {
    if (now - this.#windowStart >= WINDOW_MS) {
      this.#windowStart = now;
      this.#inWindow = 0;
      this.#release = undefined;
    }
    if (++this.#inWindow <= IMMEDIATE || this.#held >= MAX_HELD) return undefined;
    this.#held++;
    // All of a window share a timer.
    this.#release ??= sleep(Math.min(MAX_HOLD_MS, Math.max(MIN_HOLD_MS, this.#held / HELD_PER_MS)));
    return this.#release.then(() => void this.#held--);
  }
}
