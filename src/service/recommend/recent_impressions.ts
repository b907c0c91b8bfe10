import { Cache } from "../../base/cache.ts";
import { MS_PER_DAY } from "../../base/time.ts";
import type { Impression } from "../store/entries/impressions.ts";

/** In characters of product ids and user ids, and their overhead: some ten megabytes. */
const CAPACITY = 10_000_000;

/** The memory of an impression or a user besides the ids, in characters. */
const OVERHEAD = 80;

const MOST_OF_A_USER = 100;

/**
 * What users were shown within the last day, in memory. It holds the newest hundred products of a
 * user, and drops the least recently used users when it is full, so anyone may add to it.
 */
export class RecentImpressions {
  readonly #users: Cache<readonly Impression[]>;

  /** @param capacity In characters, with 80 more per id. Default 10 million. */
  constructor(capacity = CAPACITY) {
    this.#users = new Cache(capacity);
  }

  /**
   * What a user was shown, newest last.
   *
   * @param since Only what was shown then or later; milliseconds since 1970-01-01 UTC.
   */
  shownTo(userId: string, since: number): readonly Impression[] {
    return this.#users.get(userId)?.filter(([, shown]) => shown >= since) ?? [];
  }

  /** Records what a user was shown, and when, in milliseconds since 1970-01-01 UTC. */
  record(userId: string, productIds: readonly string[], now: number): void {
    const added = productIds.map((productId): Impression => [productId, now]);
    const all = [...this.#users.get(userId) ?? [], ...added].slice(-MOST_OF_A_USER);
    const sizes = all.map(([productId]) => OVERHEAD + productId.length);
    const size = sizes.reduce((sum, size) => sum + size, OVERHEAD + userId.length);
    this.#users.set(userId, all, { size, maxAgeMs: MS_PER_DAY });
  }
}
