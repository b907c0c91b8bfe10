import { Cache } from "../../base/cache.ts";

interface Bucket {
  readonly tokens: number;
  /** In milliseconds. */
  readonly filledAt: number;
}

/** How many callers' buckets are kept; those of the callers not seen for longest are dropped. */
const MAX_CALLERS = 10_000;

/**
 * A token bucket for each caller. It gains `perSecond` tokens a second and holds at most twice as
 * many, at least one; each request takes one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const limiter = new RateLimiter(0.5);
 * assertEquals(limiter.take("ann", { now: 1000 }), 0);
 * assertEquals(limiter.take("ann", { now: 1000 }), 2);
 * assertEquals(limiter.take("ann", { now: 3000 }), 0);
 * ```
 */
export class RateLimiter {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #buckets = new Cache<Bucket>(MAX_CALLERS);

  /** @param perSecond Requests a second in the long run; above 0. */
  constructor(perSecond: number) {
    this.#perSecond = perSecond;
    this.#burst = Math.max(1, 2 * perSecond);
  }

  /**
   * Takes tokens from a caller's bucket, if it holds as many.
   *
   * @param options `now`: in milliseconds since any fixed moment; never decreases. `cost`: how many
   *   tokens, at most those of a full bucket; default 1.
   * @returns 0 if it did, else the seconds until it will.
   */
  take(caller: string, { now = performance.now(), cost = 1 } = {}): number {
    const taken = Math.min(cost, this.#burst);
    const { tokens, filledAt } = this.#buckets.get(caller) ??
      { tokens: this.#burst, filledAt: now };
    const filled = Math.min(this.#burst, tokens + (now - filledAt) / 1000 * this.#perSecond);
    const isAllowed = filled >= taken;
    this.#buckets.set(caller, { tokens: isAllowed ? filled - taken : filled, filledAt: now });
    return isAllowed ? 0 : (taken - filled) / this.#perSecond;
  }
}
