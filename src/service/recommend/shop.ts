import type { Artifact } from "../../artifact/load.ts";
import { HistoriesError } from "../../histories/histories_error.ts";
import {
  betweenTimes,
  EMPTY_HISTORY,
  type History,
  joinHistories,
} from "../../interactions/history.ts";
import { Metrics } from "../observability/metrics.ts";
import { Arrivals } from "./arrivals.ts";
import { liveHistory } from "./live_history.ts";
import { Recommender } from "./recommender.ts";
import { SimilarProducts } from "./similar_products.ts";
import { Together } from "./together.ts";
import type { EventStore } from "../store/event_store.ts";
import type { StoredEvent } from "../store/entries/stored_event.ts";
import type { Absorbed, Merges } from "../store/entries/merge_users.ts";
import { opinionsAmong, type Unwanted, unwantedAt } from "../store/entries/opinions.ts";
import type { Experiments, ShopRule } from "../store/entries/shop_rules.ts";
import type { UserState } from "../store/entries/user_states.ts";
import { StoreError } from "../store/store_error.ts";
import { MS_PER_DAY } from "../../base/time.ts";
import { RecentImpressions } from "./recent_impressions.ts";
import { RecentPopularity } from "./recent_popularity.ts";

/** The options of a {@linkcode Shop}. */
export interface ShopOptions {
  /** The store of events. Default none: lists come from the artifact alone. */
  store?: EventStore;
  /** The metrics to count in. Default its own. */
  metrics?: Metrics;
  /**
   * How long daily counts of events are reused, in milliseconds; 0 reads them each time. Everything
   * else is always current. Default 15,000; tests set 0, so that their events count immediately.
   */
  tallyAgeMs?: number;
}

const TALLY_AGE_MS = 15_000;

const NOT_MERGED: Merges = { absorbed: [] };

/** How often failures of the store and of histories are logged at most, in milliseconds. */
const LOG_INTERVAL_MS = 10_000;

/** An event of an anonymous visit. */
export interface VisitEvent {
  readonly productId: string;
  readonly type: StoredEvent["type"];
  /** Milliseconds since 1970-01-01 UTC. Default now. */
  readonly time?: number;
  /** For how many days a dislike or hide holds. Default until it is withdrawn. */
  readonly days?: number;
}

/** What couldn't be read of what a user did; nothing if all of it could. */
export interface Unread {
  /** There if the store's part couldn't be read. */
  readonly store?: "unavailable";
  /** There if the artifact's part couldn't be read. */
  readonly histories?: "unavailable";
}

/** A user's history as far as it could be read. */
export interface KnownHistory extends Unread {
  readonly history: History;
}

/** An artifact with the events and changes of products that the store has received since. */
export class Shop {
  readonly artifact: Artifact;
  readonly store: EventStore | undefined;
  readonly recommender: Recommender;
  /** What is like a product. */
  readonly similar: SimilarProducts;
  /** What goes together in baskets. */
  readonly together: Together;
  readonly metrics: Metrics;
  /** What is popular at present. */
  readonly popularity: RecentPopularity;
  /** What came lately. */
  readonly arrivals: Arrivals;
  readonly #tallyAgeMs: number;
  #rules: readonly (ShopRule & { readonly name: string })[] = [];
  #experiments: Experiments = new Map();
  readonly #impressions = new RecentImpressions();
  #addedCounted = -Infinity;
  #logged = -Infinity;

  constructor(
    artifact: Artifact,
    { store, metrics = new Metrics(), tallyAgeMs = TALLY_AGE_MS }: ShopOptions = {},
  ) {
    this.artifact = artifact;
    this.store = store;
    this.metrics = metrics;
    this.recommender = new Recommender(artifact);
    const { products, models } = this.recommender;
    this.similar = new SimilarProducts(artifact, products, models);
    this.together = new Together(artifact, products);
    this.#tallyAgeMs = tallyAgeMs;
    this.popularity = new RecentPopularity(artifact, products, {
      tallyAgeMs,
      now: () => this.now(),
      askStore: (ask) => this.#whereAvailable(ask),
    });
    this.arrivals = new Arrivals(
      artifact,
      products,
      (days) => this.popularity.window(days),
    );
  }

  /** The rules that the shop put, in the order of their names. */
  get rules(): readonly (ShopRule & { readonly name: string })[] {
    return this.#rules;
  }

  /** The experiments that the shop put: another map after each change. */
  get experiments(): Experiments {
    return this.#experiments;
  }

  /** The store's version (see {@linkcode EventStore.version}); constant if there is no store. */
  version(now?: number): number | undefined {
    return this.store ? this.store.version(now) : 0;
  }

  /**
   * Reads the current state of a user, and updates products to it. Undefined if there is no store
   * or it fails.
   */
  async stateOf(userId: string): Promise<UserState | undefined> {
    const state = await this.#whereAvailable((store) => store.userState(userId));
    if (state) await this.refresh(state.catalogueSequence);
    return state;
  }

  /**
   * What a user did, in the artifact and in the store.
   *
   * @throws {HistoriesError} If the histories are apart from the artifact and can't be read.
   */
  async historyOf(
    userId: string,
    state: UserState | undefined,
    indexOf?: (productId: string) => number,
  ): Promise<History> {
    const { absorbed } = state?.merges ?? NOT_MERGED;
    const trained = await this.#trainedHistory(userId, absorbed);
    return this.withStored(userId, trained, state, indexOf);
  }

  /**
   * What a user did; where histories can't be read, only what the store has of it, and where the
   * store can't, what the artifact has.
   */
  async knownHistory(userId: string, state: UserState | undefined): Promise<KnownHistory> {
    const unread: Unread = state ? {} : { store: "unavailable" };
    try {
      return { history: await this.historyOf(userId, state), ...unread };
    } catch (error) {
      if (!(error instanceof HistoriesError)) throw error;
      this.historiesFailed(error);
      const history = this.withStored(userId, EMPTY_HISTORY, state);
      return { history, ...unread, histories: "unavailable" };
    }
  }

  /** What a user did in the artifact, which was read already, and what the store has of it. */
  withStored(
    userId: string,
    trained: History,
    state: UserState | undefined,
    indexOf = (productId: string) => this.recommender.products.indexOf(productId),
  ): History {
    const { eventWeights } = this.artifact.manifest;
    const forgottenAt = state ? state.forgottenAt : this.store?.knownForgotten(userId);
    const { leftAt = 0 } = state?.merges ?? NOT_MERGED;
    return liveHistory(trained, state?.events ?? [], {
      indexOf,
      eventWeights,
      from: Math.max(forgottenAt ?? 0, leftAt),
    });
  }

  /** What the artifact has of a user, and of those merged into them, oldest first. */
  async #trainedHistory(userId: string, absorbed: readonly Absorbed[]): Promise<History> {
    const { histories } = this.artifact.interactions;
    const historyOf = async (userId: string) => await histories.of(userId) ?? EMPTY_HISTORY;
    if (absorbed.length === 0) return await historyOf(userId);
    return joinHistories(
      await Promise.all([
        historyOf(userId),
        ...absorbed.map(async ({ userId, since, until }) =>
          betweenTimes(await historyOf(userId), { from: since / 1000, to: until / 1000 })
        ),
      ]),
    );
  }

  /** What an anonymous visitor did; events without times are oldest first and end now. */
  async visitHistory(events: readonly VisitEvent[]): Promise<History> {
    await this.refresh();
    return liveHistory(EMPTY_HISTORY, inOrder(events), {
      indexOf: (productId) => this.recommender.products.indexOf(productId),
      eventWeights: this.artifact.manifest.eventWeights,
    });
  }

  /**
   * What a user did, oldest first, including products that neither artifact nor shop know.
   *
   * @throws {HistoriesError} As {@linkcode historyOf}.
   */
  async eventsOf(userId: string): Promise<{ productId: string; weight: number; time: number }[]> {
    const { products } = this.recommender;
    const unknown: string[] = [];
    const state = await this.stateOf(userId);
    const stored = await this.#whereAvailable((store) => store.eventsOf(userId)) ?? [];
    // Unknown products get the numbers after all others.
    const whole = state && { ...state, events: stored };
    const { items, weights, times } = await this.historyOf(userId, whole, (productId) => {
      const item = products.indexOf(productId);
      return item >= 0 ? item : products.size + unknown.push(productId) - 1;
    });
    return Array.from(items, (item, i) => ({
      productId: item < products.size ? products.idAt(item) : unknown[item - products.size],
      weight: weights[i],
      time: times[i],
    }));
  }

  /**
   * Updates products, rules and experiments with the shop's changes since the last call.
   *
   * @param sequence How many changes there are, if it is known already.
   * @returns How many there are; 0 without a store, undefined if it fails.
   */
  async refresh(sequence?: number): Promise<number | undefined> {
    const { products } = this.recommender;
    const latest = sequence ?? await this.#whereAvailable((store) => store.catalogueSequence());
    if (latest !== undefined && latest > products.sequence) {
      const [changes, rules, experiments] = await Promise.all([
        this.#whereAvailable((store) => store.productChanges(products.sequence)),
        this.#whereAvailable((store) => store.rules()),
        this.#whereAvailable((store) => store.experiments()),
      ]);
      if (changes && rules && experiments) {
        this.#experiments = experiments;
        this.#rules = Array.from(rules, ([name, rule]) => ({ name, ...rule }));
        products.apply(changes);
      }
    }
    if (products.size > products.known) await this.#countAdded();
    return this.store ? latest : 0;
  }

  /**
   * Updates the counts of added products: in the background or, if there are none yet or they may
   * not be reused, before it resolves.
   */
  async #countAdded(): Promise<void> {
    const now = performance.now();
    if (now - this.#addedCounted < this.#tallyAgeMs) return;
    const isFirst = this.#addedCounted === -Infinity;
    this.#addedCounted = now;
    const counting = this.popularity.addedCounts().then((counts) => {
      this.recommender.models.addedCounts = counts;
    });
    if (isFirst || this.#tallyAgeMs === 0) await counting;
    else counting.catch((error) => console.error(error));
  }

  /** How often a user was shown each product within the last day. */
  async shownTo(userId: string): Promise<ReadonlyMap<string, number>> {
    const stored = await this.#whereAvailable((store) => store.shownTo(userId)) ?? [];
    const forgottenAt = this.store?.knownForgotten(userId) ?? 0;
    const since = Math.max(this.now() - MS_PER_DAY, forgottenAt + 1);
    const times = new Map<string, number>();
    for (const [productId] of [...stored, ...this.#impressions.shownTo(userId, since)]) {
      times.set(productId, (times.get(productId) ?? 0) + 1);
    }
    return times;
  }

  /**
   * Records what a user was shown.
   *
   * @param options `isStored`: whether in the store, where all processes see it and it survives a
   *   restart; otherwise in bounded memory. Only for the shop's own programs, so that nobody else
   *   can write to the disk.
   */
  async recordShown(
    userId: string,
    productIds: readonly string[],
    { isStored }: { isStored: boolean },
  ): Promise<void> {
    if (isStored) await this.#whereAvailable((store) => store.recordShown(userId, productIds));
    else this.#impressions.record(userId, productIds, this.now());
  }

  /** The time by the store's clock: milliseconds since 1970-01-01 UTC. */
  now(): number {
    return this.store?.now() ?? Date.now();
  }

  /**
   * Lists don't need the store: returns undefined if there is none or it fails, and logs a failure
   * now and then.
   */
  async #whereAvailable<T>(ask: (store: EventStore) => Promise<T>): Promise<T | undefined> {
    if (!this.store) return undefined;
    try {
      return await ask(this.store);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.storeFailed(error);
      return undefined;
    }
  }

  /** Counts a failure of the store, and logs it now and then. */
  storeFailed(error: StoreError): void {
    this.metrics.storeFailed();
    this.#logFailure(error);
  }

  /** Logs now and then that histories can't be read; each read is counted where it is made. */
  historiesFailed(error: HistoriesError): void {
    this.#logFailure(error);
  }

  #logFailure(error: Error): void {
    const now = performance.now();
    if (now - this.#logged <= LOG_INTERVAL_MS) return;
    console.error(error.message);
    this.#logged = now;
  }
}

/** The products that an anonymous visitor dislikes and hides now. */
export function unwantedOnVisit(events: readonly VisitEvent[]): Omit<Unwanted, "until"> {
  const { disliked, hidden } = unwantedAt(opinionsAmong(inOrder(events)), Date.now());
  return { disliked, hidden };
}

/** Events in chronological order; those without times are oldest first and end now. */
function inOrder<Event extends VisitEvent>(events: readonly Event[]) {
  const now = Date.now();
  return events.map((event) => ({ ...event, time: event.time ?? now }))
    .toSorted((a, b) => a.time - b.time);
}

/**
 * The store, for requests that can't be answered without one.
 *
 * @throws {StoreError} If there is none.
 */
export function requireStore({ store }: Shop): EventStore {
  if (store) return store;
  throw new StoreError(
    "Cannot store anything: the store couldn't be opened when the service started",
  );
}
