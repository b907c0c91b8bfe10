import { Cache } from "../../base/cache.ts";
import { SECONDS_PER_DAY, SECONDS_PER_HOUR } from "../../base/time.ts";
import type { EventStore } from "../store/event_store.ts";
import { type Tally, TALLY_DAYS } from "../store/entries/tallies.ts";

/** A range of time in seconds since 1970-01-01 UTC: `from` belongs to it, `to` doesn't. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Hours that are over hardly change. */
const PAST_AGE_FACTOR = 20;

/** Days of the longest window, and the hours at both ends of three windows. */
const CAPACITY = TALLY_DAYS + 150;

/**
 * A cache of how often each event happened to each product, by whole days and, at the ends of a
 * window, by hours: a big shop's day takes a moment to read.
 */
export class RecentCounts {
  readonly #maxAgeMs: number;
  readonly #counts = new Cache<readonly Tally[]>(CAPACITY);

  /**
   * @param maxAgeMs How long counts that reach the current hour are reused; earlier ones are reused
   * for twenty times as long.
   */
  constructor(maxAgeMs: number) {
    this.#maxAgeMs = maxAgeMs;
  }

  /** The counts of each part of a span; add them up by product and type. */
  async read(store: EventStore, span: Span): Promise<(readonly Tally[])[]> {
    const parts: (readonly Tally[])[] = [];
    for (const part of partsOf(span)) parts.push(await this.#read(store, part));
    return parts;
  }

  async #read(store: EventStore, span: Span): Promise<readonly Tally[]> {
    const key = `${span.from} ${span.to}`;
    const cached = this.#counts.get(key);
    if (cached) return cached;
    const counts = isDay(span)
      ? await store.tallies(span.from / SECONDS_PER_DAY)
      : await store.counts(span);
    const isOver = 1000 * span.to <= store.now();
    this.#counts.set(key, counts, { maxAgeMs: this.#maxAgeMs * (isOver ? PAST_AGE_FACTOR : 1) });
    return counts;
  }
}

/** Splits a span into whole days, and hours where it covers only a part of a day. */
function* partsOf({ from, to }: Span): Generator<Span> {
  for (let start = from; start < to;) {
    const day = { from: start, to: start + SECONDS_PER_DAY };
    const hourEnd = (Math.floor(start / SECONDS_PER_HOUR) + 1) * SECONDS_PER_HOUR;
    const part = isDay(day) && day.to <= to ? day : { from: start, to: Math.min(to, hourEnd) };
    yield part;
    start = part.to;
  }
}

/** Whether a span is a day in UTC. */
function isDay({ from, to }: Span): boolean {
  return from % SECONDS_PER_DAY === 0 && to - from === SECONDS_PER_DAY;
}
