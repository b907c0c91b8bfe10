import { Cache } from "../../base/cache.ts";
import type { EventStore } from "../store/event_store.ts";
import { type Tally, TALLY_DAYS } from "../store/tallies.ts";

/** How often each event happened to each product on one day. */
export interface DayCounts {
  /** Whole days since 1970-01-01 UTC. */
  readonly day: number;
  readonly tallies: readonly Tally[];
}

/** Days that are over hardly change. */
const PAST_DAYS_AGE_FACTOR = 20;

/** A cache of the store's daily tallies: a big shop's day is slow to read. */
export class RecentDays {
  readonly #maxAgeMs: number;
  readonly #days = new Cache<readonly Tally[]>(TALLY_DAYS);

  /**
   * @param maxAgeMs How long the latest day is reused; earlier days are reused for twenty times as
   * long.
   */
  constructor(maxAgeMs: number) {
    this.#maxAgeMs = maxAgeMs;
  }

  /** The last `count` days up to the latest with any event, oldest first. */
  async read(store: EventStore, count: number): Promise<DayCounts[]> {
    const latest = await store.latestDay();
    if (latest === undefined) return [];
    const days: DayCounts[] = [];
    for (let day = latest - count + 1; day <= latest; day++) {
      days.push({ day, tallies: await this.#tallies(store, { day, latest }) });
    }
    return days;
  }

  async #tallies(
    store: EventStore,
    { day, latest }: { day: number; latest: number },
  ): Promise<readonly Tally[]> {
    const cached = this.#days.get(day);
    if (cached) return cached;
    const tallies = await store.tallies(day);
    const maxAgeMs = this.#maxAgeMs * (day === latest ? 1 : PAST_DAYS_AGE_FACTOR);
    this.#days.set(day, tallies, { maxAgeMs });
    return tallies;
  }
}
