import { Cache } from "../../base/cache.ts";
import { MS_PER_HOUR } from "../../base/time.ts";
import { CLOCK_SKEW_MS } from "../../experiments/exposures/attribute.ts";
import { type Exposure, OUTCOME_TYPES } from "../../experiments/exposures/exposure.ts";
import type { OnlineMetrics, OnlineSeries } from "../observability/online_metrics.ts";
import type { NewEvent } from "../store/entries/stored_event.ts";
import { withLater } from "../store/entries/with_later.ts";
import type { ListOrigin } from "./list_ids.ts";

/** Of how many users the latest lists are remembered. */
const MOST_USERS = 50_000;

/** How many lists of a user are remembered. */
const MOST_LISTS = 20;

/** A list that a user was shown lately, or that an event named. */
interface RecentList {
  readonly listId: string;
  /** Undefined if only an event named it: then it may have shown anything, at any time. */
  readonly shown?: Exposure;
  readonly series: OnlineSeries;
  /** What counted for it already: types and products. */
  readonly counted: Set<string>;
}

/** An event that was stored, as far as it counts for lists. */
export type CountedEvent = Pick<NewEvent, "userId" | "productId" | "type" | "time" | "price"> & {
  readonly listId?: string;
};

/**
 * Counts what comes of lists as it happens, by the rules of attribution, from what this process has
 * seen lately. An event that names a list counts wherever its impression was reported; one that
 * names none counts for lists whose impressions this process stored.
 */
export class OnlineCounts {
  readonly #metrics: OnlineMetrics;
  readonly #hours: number;
  readonly #users = new Cache<RecentList[]>(MOST_USERS);

  /** @param options `hours`: as for attribution. */
  constructor(metrics: OnlineMetrics, { hours }: { readonly hours: number }) {
    this.#metrics = metrics;
    this.#hours = hours;
  }

  /** The counts of lists of an origin. */
  seriesOf(origin: ListOrigin): OnlineSeries {
    return this.#metrics.of(origin);
  }

  /** Counts a list that was shown, unless it was counted before and more of it is seen now. */
  shown(exposure: Exposure): void {
    const { listId } = exposure;
    const lists = this.#users.get(exposure.userId) ?? [];
    const before = lists.findIndex((list) => list.listId === listId);
    const known = lists[before]?.shown;
    if (known) {
      lists[before] = { ...lists[before], shown: withLater(known, exposure) ?? known };
      return;
    }
    const counted = before < 0 ? new Set<string>() : lists[before].counted;
    const series = this.#metrics.of(exposure);
    series.impressions.value++;
    if (before >= 0) lists.splice(before, 1);
    this.#remember(exposure.userId, lists, { listId, shown: exposure, series, counted });
  }

  /**
   * Counts an event for its list, if it has one.
   *
   * @param options `origin`: what made the list that it names, if it names one. `priceOf`: the
   *   price of a product where an event has none. Default unknown.
   */
  happened(
    event: CountedEvent,
    { origin, priceOf = () => undefined }: {
      readonly origin?: ListOrigin;
      readonly priceOf?: (productId: string) => number | undefined;
    } = {},
  ): void {
    const { userId, productId, time, listId } = event;
    const type = OUTCOME_TYPES.find((each) => each === event.type);
    if (!type) return;
    const lists = this.#users.get(userId) ?? [];
    if (lists.length === 0 && !origin) return;
    let list = listId === undefined ? undefined : lists.find((each) => each.listId === listId);
    if (!list && listId !== undefined && origin) {
      list = { listId, series: this.#metrics.of(origin), counted: new Set() };
      this.#remember(userId, lists, list);
    }
    const isNamed = list && (!list.shown ||
      list.shown.productIds.includes(productId) && time >= list.shown.at - CLOCK_SKEW_MS);
    if (!isNamed) {
      list = lists.findLast(({ shown }) =>
        shown && shown.at <= time && time < shown.at + this.#hours * MS_PER_HOUR &&
        shown.productIds.includes(productId)
      );
    }
    const key = `${type} ${productId}`;
    if (!list || list.counted.has(key)) return;
    list.counted.add(key);
    list.series[type].value++;
    if (type !== "purchase") return;
    list.series.revenue.value += event.price ?? priceOf(productId) ?? 0;
  }

  #remember(userId: string, lists: RecentList[], list: RecentList): void {
    lists.push(list);
    if (lists.length > MOST_LISTS) lists.shift();
    this.#users.set(userId, lists);
  }
}
