import { Cache } from "../../base/cache.ts";
import { MS_PER_DAY } from "../../base/time.ts";
import type { Impression } from "../store/entries/impressions.ts";

/** In characters of product ids and user ids: a few megabytes. */
const CAPACITY = 2_000_000;

const MOST_OF_A_USER = 100;

/**
 * What users were shown within the last day, in memory. It holds the newest hundred products of a
 * user, and drops the least recently used users when it is full, so anyone may add to it.
 */
export class RecentImpressions {
  readonly #users: Cache<readonly Impression[]>;

  /** @param capacity In characters of ids. Default 2 million. */
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
    const size = all.reduce((size, [productId]) => size + productId.length, userId.length);
    this.#users.set(userId, all, { size: Math.max(1, size), maxAgeMs: MS_PER_DAY });
  }
}
