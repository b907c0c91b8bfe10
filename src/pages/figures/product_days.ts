import type { DayRow } from "../../analysis/charts/shop/daily_events_chart.ts";
import { isoDate, SECONDS_PER_DAY } from "../../base/time.ts";
import { type EventType, eventTypeOf, isInterest } from "../../interactions/event_weights.ts";
import { RecentCounts } from "../../service/recommend/recent_counts.ts";
import type { EventStore } from "../../service/store/event_store.ts";
import { StoreError } from "../../service/store/store_error.ts";
import type { Shop } from "../../service/recommend/shop.ts";

/** The most days of a period, and the most without an event within one. */
const DAYS = 31;

/** How long counts of received events are reused, in milliseconds. */
const COUNTS_AGE_MS = 15_000;

/** The events of single products by day, from the artifact and received since. */
export class ProductDays {
  readonly #shop: Shop;
  readonly #counts = new RecentCounts(COUNTS_AGE_MS);

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  /**
   * The days with the product's events: those of the artifact up to its last one, those received
   * from the next day on, so that none counts twice. Where more than a month is without any, a new
   * period begins.
   *
   * @returns The periods, oldest first, each with one row per day of its last month; none without
   * any event.
   */
  async of(productId: string): Promise<DayRow[][]> {
    const counts = this.#trained(productId);
    for (const { day, type, count } of await this.#received(productId)) {
      add(counts, day, type, count);
    }
    return periodsOf([...counts.keys()]).map(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, i) => rowOf(first + i, counts))
    );
  }

  #trained(productId: string): Counts {
    const { artifact: { interactions, manifest } } = this.#shop;
    const item = interactions.itemIds.indexOf(productId);
    const counts: Counts = new Map();
    if (item < 0) return counts;
    for (const { day, weight, count } of interactions.histories.daysOf(item)) {
      add(counts, day, eventTypeOf(weight, manifest.eventWeights), count);
    }
    return counts;
  }

  /**
   * The events received on the last days; whole days, since they are counted by day. None while the
   * store fails.
   */
  async #received(productId: string): Promise<DayCount[]> {
    const { store } = this.#shop;
    if (!store) return [];
    try {
      return await this.#read(store, productId);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.#shop.storeFailed(error);
      return [];
    }
  }

  async #read(store: EventStore, productId: string): Promise<DayCount[]> {
    const { manifest } = this.#shop.artifact;
    const today = Math.floor(store.now() / 1000 / SECONDS_PER_DAY);
    const trained = Math.floor(Date.parse(manifest.data.to) / 1000 / SECONDS_PER_DAY);
    const found: DayCount[] = [];
    for (let day = Math.max(trained + 1, today - DAYS + 1); day <= today; day++) {
      const from = day * SECONDS_PER_DAY;
      const tallies = await this.#counts.read(store, { from, to: from + SECONDS_PER_DAY });
      for (const { type, count } of tallies.flat().filter((row) => row.productId === productId)) {
        if (isInterest(type)) found.push({ day, type, count });
      }
    }
    return found;
  }
}

/** How many events of a type happened on a day, counted since 1970-01-01 UTC. */
interface DayCount {
  readonly day: number;
  readonly type: EventType;
  readonly count: number;
}

/** Events by day since 1970-01-01 UTC, and by type. */
type Counts = Map<number, Record<EventType, number>>;

/** The last month of each run of days; all counted since 1970-01-01 UTC. */
function periodsOf(days: readonly number[]): { first: number; last: number }[] {
  const periods: { first: number; last: number }[] = [];
  for (const day of days.toSorted((a, b) => a - b)) {
    const latest = periods.at(-1);
    if (latest && day - latest.last <= DAYS) latest.last = day;
    else periods.push({ first: day, last: day });
  }
  return periods.map(({ first, last }) => ({ first: Math.max(first, last - DAYS + 1), last }));
}

function add(counts: Counts, day: number, type: EventType, count: number): void {
  const row = counts.get(day) ?? { view: 0, cart: 0, purchase: 0 };
  counts.set(day, row);
  row[type] += count;
}

function rowOf(day: number, counts: Counts): DayRow {
  const { view, cart, purchase } = counts.get(day) ?? { view: 0, cart: 0, purchase: 0 };
  const date = isoDate(day * SECONDS_PER_DAY);
  return { date, views: view, carts: cart, purchases: purchase, removals: 0 };
}
