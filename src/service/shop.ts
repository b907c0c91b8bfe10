import type { Artifact } from "../artifact/load.ts";
import { EMPTY_HISTORY, type History } from "../interactions/history.ts";
import { historyOf } from "../interactions/interactions.ts";
import { liveHistory } from "./live_history.ts";
import { Recommender } from "./recommender.ts";
import type { EventStore, UserState } from "./store/event_store.ts";
import { StoreError } from "./store/store_error.ts";
import type { Tally } from "./store/tallies.ts";

/** What a {@linkcode Shop} can be told. */
export interface ShopOptions {
  /** What came in while serving; without it the artifact alone answers. */
  store?: EventStore;
  /** For how long what happened lately may be remembered, in milliseconds. Default 5,000. */
  tallyAgeMs?: number;
}

const TALLY_AGE_MS = 5000;

/** An artifact with what came in since: who did what, and which products there are now. */
export class Shop {
  readonly artifact: Artifact;
  readonly store: EventStore | undefined;
  readonly recommender: Recommender;
  readonly #tallyAgeMs: number;
  #tallies: { readonly read: number; readonly tallies: readonly Tally[] } | undefined;

  constructor(artifact: Artifact, { store, tallyAgeMs = TALLY_AGE_MS }: ShopOptions = {}) {
    this.artifact = artifact;
    this.store = store;
    this.recommender = new Recommender(artifact);
    this.#tallyAgeMs = tallyAgeMs;
  }

  /**
   * What a user did, up to this moment, and products as they are at this moment: the store is asked each time.
   * Where it fails, what the artifact holds.
   */
  async historyOf(userId: string): Promise<History> {
    const state = await this.#whereAvailable((store) => store.userState(userId));
    if (state) await this.refresh(state.catalogueSequence);
    return this.#merge(userId, state);
  }

  #merge(userId: string, state: UserState | undefined): History {
    const { interactions, manifest } = this.artifact;
    const user = interactions.userIds.indexOf(userId);
    const trained = user < 0 ? EMPTY_HISTORY : historyOf(interactions, user);
    if (!state) return trained;
    return liveHistory(trained, state.events, {
      indexOf: (productId) => this.recommender.products.indexOf(productId),
      eventWeights: manifest.eventWeights,
      forgottenAt: state.forgottenAt,
    });
  }

  /**
   * Takes over what the shop said of products since the last time.
   *
   * @param sequence How many changes there are, if that is known already.
   */
  async refresh(sequence?: number): Promise<void> {
    const { products, models } = this.recommender;
    const latest = sequence ?? await this.#whereAvailable((store) => store.catalogueSequence());
    if (latest !== undefined && latest > products.sequence) {
      const changes = await this.#whereAvailable((store) =>
        store.productChanges(products.sequence)
      );
      if (changes) products.apply(changes);
    }
    if (products.size > products.known) models.addedCounts = await this.#addedCounts();
  }

  /** Of products that the artifact doesn't know, the summed weights of what happened. */
  async #addedCounts(): Promise<ReadonlyMap<number, number>> {
    const counts = new Map<number, number>();
    for (const { item, weight } of await this.happened()) {
      if (item >= this.recommender.products.known) {
        counts.set(item, (counts.get(item) ?? 0) + weight);
      }
    }
    return counts;
  }

  /** What came in lately, by product and day, weighed as the artifact weighs; at most some seconds old. */
  async happened(): Promise<{ item: number; day: number; weight: number }[]> {
    const { eventWeights } = this.artifact.manifest;
    const { products } = this.recommender;
    const happened = [];
    for (const { productId, type, day, count } of await this.#readTallies()) {
      const item = products.indexOf(productId);
      if (item < 0 || type === "remove_from_cart") continue;
      happened.push({ item, day, weight: count * eventWeights[type] });
    }
    return happened;
  }

  async #readTallies(): Promise<readonly Tally[]> {
    const now = Date.now();
    if (this.#tallies && now - this.#tallies.read < this.#tallyAgeMs) return this.#tallies.tallies;
    const tallies = await this.#whereAvailable((store) => store.tallies(0)) ?? [];
    this.#tallies = { read: now, tallies };
    return tallies;
  }

  /** How often each product was shown to a user within the last day. */
  async shownTo(userId: string): Promise<ReadonlyMap<string, number>> {
    const times = new Map<string, number>();
    const shown = await this.#whereAvailable((store) => store.shownTo(userId)) ?? [];
    for (const [productId] of shown) times.set(productId, (times.get(productId) ?? 0) + 1);
    return times;
  }

  /** Remembers what a user was shown. */
  async recordShown(userId: string, productIds: readonly string[]): Promise<void> {
    await this.#whereAvailable((store) => store.recordShown(userId, productIds));
  }

  /** Whoever wants a list gets one, with or without the store; that it fails is logged. */
  async #whereAvailable<T>(ask: (store: EventStore) => Promise<T>): Promise<T | undefined> {
    if (!this.store) return undefined;
    try {
      return await ask(this.store);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      console.error(error.message);
      return undefined;
    }
  }
}

/**
 * The store, where something has to be stored.
 *
 * @throws {StoreError} If there is none.
 */
export function requireStore({ store }: Shop): EventStore {
  if (store) return store;
  throw new StoreError(
    "Cannot store anything: the store couldn't be opened when the service started",
  );
}
