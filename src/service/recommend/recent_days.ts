import type { EventStore } from "../store/event_store.ts";
import { type Tally, TALLY_DAYS } from "../store/tallies.ts";

/** What happened on one day. */
export interface DayCounts {
  /** Whole days since 1970-01-01 UTC. */
  readonly day: number;
  readonly tallies: readonly Tally[];
}

interface Entry extends DayCounts {
  /** When it was read, in milliseconds. */
  readonly read: number;
}

/** Little is added to days that are over. */
const PAST_DAYS_AGE_FACTOR = 20;

/** What came in, day by day, remembered for a while: a big shop's day takes a moment to read. */
export class RecentDays {
  readonly #maxAgeMs: number;
  readonly #days = new Map<number, Entry>();

  /** @param maxAgeMs For how long the latest day is remembered; days before it for twenty times as long. */
  constructor(maxAgeMs: number) {
    this.#maxAgeMs = maxAgeMs;
  }

  /** The last `count` days up to the latest on which anything came in, oldest first. */
  async read(store: EventStore, count: number): Promise<DayCounts[]> {
    const latest = await store.latestDay();
    if (latest === undefined) return [];
    for (const day of this.#days.keys()) if (day <= latest - TALLY_DAYS) this.#days.delete(day);
    const days: DayCounts[] = [];
    for (let day = latest - count + 1; day <= latest; day++) {
      days.push(await this.#readDay(store, day, day === latest));
    }
    return days;
  }

  async #readDay(store: EventStore, day: number, isLatest: boolean): Promise<DayCounts> {
    const maxAge = this.#maxAgeMs * (isLatest ? 1 : PAST_DAYS_AGE_FACTOR);
    const known = this.#days.get(day);
    const now = performance.now();
    if (known && now - known.read < maxAge) return known;
    const entry = { day, tallies: await store.tallies(day), read: now };
    this.#days.set(day, entry);
    return entry;
  }
}
