import type { Appended } from "../store/entries/append_events.ts";
import type { Exposure } from "../../experiments/exposures/exposure.ts";
import { OnlineMetrics, type OnlineSeries } from "../observability/online_metrics.ts";
import { MOST_SHOWN } from "../schema/exposures.ts";
import type { EventStore } from "../store/event_store.ts";
import { StoreError } from "../store/store_error.ts";
import { ExploredCounts } from "./explored_counts.ts";
import { ExposureWriter, type WriterOptions } from "./exposure_writer.ts";
import { type ListIds, type ListOrigin, readListIds } from "./list_ids.ts";
import { type CountedEvent, OnlineCounts } from "./online_counts.ts";

/** How many hours after a list an event counts for it that names none. */
export const ATTRIBUTION_HOURS = 24;

/** The options of {@linkcode Exposures}. */
export interface ExposuresOptions extends WriterOptions {
  /** Where what comes of lists is counted. Default nowhere else. */
  readonly online?: OnlineMetrics;
  /** How long after a list an event without a list's id counts for it, in hours. Default 24. */
  readonly attributionHours?: number;
}

/** What is known of a list that may be shown: enough to give it an id each time it is fetched. */
export interface ExposableList {
  readonly origin: ListOrigin;
  readonly stamp: string;
  readonly series: OnlineSeries;
  /** Whose list counts as shown when it is fetched. Default it has to be reported. */
  readonly implied?: { readonly userId: string; readonly productIds: readonly string[] };
}

/** Gives lists their ids, and stores which were shown. */
export class Exposures implements AsyncDisposable {
  readonly attributionHours: number;
  /** What placements that explore learn from. */
  readonly explored: ExploredCounts;
  readonly #counts: OnlineCounts;
  readonly #store: EventStore;
  readonly #writer: ExposureWriter;
  #reading: Promise<ListIds> | undefined;
  #ids: ListIds | undefined;

  constructor(store: EventStore, options: ExposuresOptions) {
    this.attributionHours = options.attributionHours ?? ATTRIBUTION_HOURS;
    this.#counts = new OnlineCounts(options.online ?? new OnlineMetrics(), {
      hours: this.attributionHours,
    });
    this.explored = new ExploredCounts(store, { hours: this.attributionHours });
    this.#store = store;
    this.#writer = new ExposureWriter(store, options);
  }

  /**
   * Prepares a list to be shown; undefined if the store fails, since lists don't need it.
   *
   * @param implied Whose list counts as shown when it is fetched.
   */
  async prepare(
    origin: ListOrigin,
    implied?: ExposableList["implied"],
  ): Promise<ExposableList | undefined> {
    try {
      const ids = await this.#ready();
      return {
        ...{ origin, stamp: ids.stampOf(origin), series: this.#counts.seriesOf(origin) },
        ...(implied && {
          implied: { ...implied, productIds: implied.productIds.slice(0, MOST_SHOWN) },
        }),
      };
    } catch (error) {
      if (error instanceof StoreError) return undefined;
      throw error;
    }
  }

  /** A new id of a list that is being sent; stores that it was shown if that is implied. */
  send({ origin, stamp, series, implied }: ExposableList): string {
    const id = this.#ids!.next(stamp);
    series.lists.value++;
    if (implied && implied.productIds.length > 0) {
      const exposure = toExposure({ listId: nameOf(id), ...origin }, {
        ...implied,
        at: Math.floor(this.#store.now()),
      });
      this.#counts.shown(exposure);
      this.#writer.add(exposure);
    }
    return id;
  }

  /** Reads ids of lists. */
  async reader(): Promise<Pick<ListIds, "read">> {
    return await this.#ready();
  }

  /** Stores what users were shown. */
  async record(exposures: readonly Exposure[]): Promise<Appended> {
    const recorded = await this.#store.recordExposures(exposures);
    // Of what was stored before, it isn't known whether this process has counted it.
    if (recorded.stored > 0) { for (const exposure of exposures) this.#counts.shown(exposure); }
    return recorded;
  }

  /**
   * Counts events that were stored for their lists.
   *
   * @param options `origins`: what made the lists that they name. `priceOf`: the price of a product
   *   where an event has none.
   */
  happened(
    events: readonly CountedEvent[],
    { origins, priceOf }: {
      readonly origins: ReadonlyMap<string, ListOrigin>;
      priceOf(productId: string): number | undefined;
    },
  ): void {
    for (const event of events) {
      const { listId } = event;
      const origin = listId === undefined ? undefined : origins.get(listId);
      this.#counts.happened(event, { origin, priceOf });
    }
  }

  async #ready(): Promise<ListIds> {
    this.#reading ??= readListIds(this.#store).then((ids) => this.#ids = ids);
    try {
      return await this.#reading;
    } catch (error) {
      this.#reading = undefined;
      throw error;
    }
  }

  /** Stores what waits to be stored, and ends counting. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.explored[Symbol.asyncDispose]();
    await this.#writer[Symbol.asyncDispose]();
  }
}

/** The part of a list's id that names it. */
function nameOf(id: string): string {
  return id.slice(0, id.indexOf("."));
}

/**
 * A list as it was shown.
 *
 * @param shown `positions`: the places of the products in the list, from 1. Default they are the
 *   list's first.
 */
export function toExposure(
  { listId, model, placement, experiment, arm, offset = 0, propensities = [] }: ListOrigin & {
    readonly listId: string;
  },
  { userId, at, productIds, positions }: {
    readonly userId: string;
    readonly at: number;
    readonly productIds: readonly string[];
    readonly positions?: readonly number[];
  },
): Exposure {
  const places = positions ?? productIds.map((_, i) => offset + i + 1);
  return {
    ...{ listId, at, userId },
    ...(placement !== undefined && { placement }),
    ...(experiment !== undefined && { experiment, arm }),
    ...{ model, productIds, positions: places },
    propensities: places.map((place) => propensities[place - offset - 1] ?? 1),
  };
}
