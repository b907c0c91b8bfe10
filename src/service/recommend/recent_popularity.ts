import type { Artifact } from "../../artifact/load.ts";
import { Cache } from "../../base/cache.ts";
import { isInterest } from "../../interactions/event_weights.ts";
import type { Products } from "../catalogue/products.ts";
import type { EventStore } from "../store/event_store.ts";
import { RecentCounts, type Span } from "./recent_counts.ts";
import { windowOf } from "./trending.ts";

/** What {@linkcode RecentPopularity} counts with. */
export interface PopularityOptions {
  /** How long counts of the store's events are reused, in milliseconds; 0 reads them each time. */
  readonly tallyAgeMs: number;
  /** The clock, in milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
  /** Asks the store; undefined if there is none or it fails. */
  readonly askStore: <T>(ask: (store: EventStore) => Promise<T>) => Promise<T | undefined>;
}

/** The windows whose counts of the artifact's events are kept. */
const TRAINED_WINDOWS = 4;

/** The days of events that make the popularity of products that the artifact doesn't know. */
const ADDED_DAYS = 7;

/** Counts the events of the last days, those of the artifact and those that the store received. */
export class RecentPopularity {
  readonly #artifact: Artifact;
  readonly #products: Products;
  readonly #now: PopularityOptions["now"];
  readonly #askStore: PopularityOptions["askStore"];
  readonly #recent: RecentCounts;
  #trained: number | undefined;
  readonly #trainedCounts = new Cache<Float32Array>(TRAINED_WINDOWS);

  constructor(
    artifact: Artifact,
    products: Products,
    { tallyAgeMs, now, askStore }: PopularityOptions,
  ) {
    this.#artifact = artifact;
    this.#products = products;
    this.#now = now;
    this.#askStore = askStore;
    this.#recent = new RecentCounts(tallyAgeMs);
  }

  /** The summed weights of the recent events of each product that the artifact doesn't know. */
  async addedCounts(): Promise<ReadonlyMap<number, number>> {
    const counts = new Map<number, number>();
    for (const { item, weight } of await this.#received(await this.window(ADDED_DAYS))) {
      if (item < this.#products.known) continue;
      counts.set(item, (counts.get(item) ?? 0) + weight);
    }
    return counts;
  }

  /**
   * The summed weights of all events of the last days, by item number, and the window they were
   * counted in (see {@linkcode windowOf}). The artifact's events count up to its last one, those
   * received from the next second on: none counts twice.
   */
  async trending(days: number): Promise<{ readonly window: Span; readonly counts: Float32Array }> {
    const window = await this.window(days);
    const trained = this.#trainedUntil();
    const counts = new Float32Array(this.#products.size);
    counts.set(this.#countTrained({ ...window, to: Math.min(window.to, trained + 1) }));
    const later = { ...window, from: Math.max(window.from, trained + 1) };
    for (const { item, weight } of await this.#received(later)) counts[item] += weight;
    return { window, counts };
  }

  /** Counting takes a moment, and a window stays the same for an hour. */
  #countTrained(span: Span): Float32Array {
    const key = `${span.from} ${span.to}`;
    let counts = this.#trainedCounts.get(key);
    if (!counts) {
      const { histories } = this.#artifact.interactions;
      counts = histories.sums(span, this.#products.known);
      this.#trainedCounts.set(key, counts);
    }
    return counts;
  }

  /**
   * The last days up to the present; see {@linkcode windowOf}. With histories apart from the
   * artifact, whose events are counted by day, it begins at midnight UTC.
   */
  async window(days: number): Promise<Span> {
    const now = Math.floor(this.#now() / 1000);
    const received = await this.#askStore((store) => store.latestSecond());
    const trained = this.#trainedUntil();
    const { histories } = this.#artifact.interactions;
    const known = trained <= now ? trained : histories.latestUntil(now);
    const { from, to } = windowOf(days, { now, latest: Math.max(received ?? -Infinity, known) });
    return { from: Math.floor(from / histories.resolution) * histories.resolution, to };
  }

  /** The artifact's last event; those from after it was made have a wrong time. In seconds. */
  #trainedUntil(): number {
    const { interactions, manifest } = this.#artifact;
    const made = Date.parse(manifest.created) / 1000;
    return this.#trained ??= interactions.histories.latestUntil(made);
  }

  /** The summed weights of the events received, by product and type; weights are the artifact's. */
  async #received(span: Span): Promise<{ item: number; weight: number }[]> {
    const { eventWeights } = this.#artifact.manifest;
    const products = this.#products;
    const read = await this.#askStore((store) => this.#recent.read(store, span)) ?? [];
    return read.flat().flatMap(({ productId, type, count }) => {
      const item = products.indexOf(productId);
      if (item < 0 || !isInterest(type)) return [];
      return [{ item, weight: count * eventWeights[type] }];
    });
  }
}
