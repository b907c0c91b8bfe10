/** How fast each caller may ask. */
export interface RateLimit {
  /** Requests a second in the long run; above 0. */
  readonly perSecond: number;
  /** How many may come at once after a pause. Default twice `perSecond`, at least 1. */
  readonly burst?: number;
  /** Of how many callers the limiter keeps account. Default 10,000; those not seen for longest are forgotten. */
  readonly mostCallers?: number;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

const MOST_CALLERS = 10_000;

/**
 * A token bucket for each caller: it holds `burst` tokens at most and gets `perSecond` a second; each request
 * takes one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const limiter = new RateLimiter({ perSecond: 2, burst: 1 });
 * assertEquals(limiter.take("ann", 1000), 0);
 * assertEquals(limiter.take("ann", 1000), 0.5);
 * assertEquals(limiter.take("ann", 1500), 0);
 * ```
 */
export class RateLimiter {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #mostCallers: number;
  /** Those seen longest ago come first. */
  readonly #buckets = new Map<string, Bucket>();

  constructor({ perSecond, burst, mostCallers = MOST_CALLERS }: RateLimit) {
    this.#perSecond = perSecond;
    this.#burst = Math.max(1, burst ?? 2 * perSecond);
    this.#mostCallers = mostCallers;
  }

  /**
   * Takes a token of a caller's, if there is one.
   *
   * @param now In milliseconds, from any beginning, never less than before.
   * @returns 0 if there was one, else after how many seconds there will be.
   */
  take(caller: string, now = performance.now()): number {
    const { tokens, filledAt } = this.#buckets.get(caller) ??
      { tokens: this.#burst, filledAt: now };
    const filled = Math.min(this.#burst, tokens + (now - filledAt) / 1000 * this.#perSecond);
    const isAllowed = filled >= 1;
    this.#buckets.delete(caller);
    this.#buckets.set(caller, { tokens: isAllowed ? filled - 1 : filled, filledAt: now });
    if (this.#buckets.size > this.#mostCallers) {
      this.#buckets.delete(this.#buckets.keys().next().value!);
    }
    return isAllowed ? 0 : (1 - filled) / this.#perSecond;
  }

  /** Of how many callers there is account. */
  get size(): number {
    return this.#buckets.size;
  }
}
