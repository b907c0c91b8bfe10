import { Cache } from "../../../base/cache.ts";
import { readEvent } from "./append_events.ts";
import { keys } from "./keys.ts";
import type { Retention } from "./retention.ts";
import type { StoredEvent } from "./stored_event.ts";

/** What the store knows of a user at one moment: the state that their lists depend on. */
export interface UserState {
  /** The newest events, oldest first. */
  readonly events: readonly StoredEvent[];
  /** The products of all purchases, those of older events included. */
  readonly purchased: readonly string[];
  /**
   * When the user was forgotten, in milliseconds since 1970-01-01 UTC: earlier events must not be
   * used.
   */
  readonly forgottenAt?: number;
  /** How many changes of products there had been. */
  readonly catalogueSequence: number;
  /**
   * Differs between any two states of the user, except those that differ only by expired events.
   */
  readonly version: string;
  /**
   * When the first of the events expires, in milliseconds since 1970-01-01 UTC; `Infinity` if none
   * does.
   */
  readonly until: number;
}

/** How many of a user's newest events models score from. */
const LIVE_EVENTS = 200;

/** What is read of a user: the newest events, and the last purchase of each product. */
interface LiveEvents {
  readonly events: readonly StoredEvent[];
  readonly purchases: readonly Purchase[];
}

/** The product of a purchase, and when it arrived, in milliseconds since 1970-01-01 UTC. */
type Purchase = Pick<StoredEvent, "productId" | "received">;

const NOTHING: LiveEvents = { events: [], purchases: [] };

/** In users and events together: some tens of megabytes. */
const CACHE_SIZE = 100_000;

/** Reads users' states; the events of a user who has no new ones are cached. */
export class UserStates {
  readonly #kv: Deno.Kv;
  readonly #retention: Retention;
  readonly #events = new Cache<LiveEvents, string>(CACHE_SIZE);

  constructor(kv: Deno.Kv, retention: Retention) {
    this.#kv = kv;
    this.#retention = retention;
  }

  /** The current state of a user. */
  async read(userId: string): Promise<UserState> {
    const [user, forgotten, catalogue] = await this.#kv.getMany<[number, number, number]>([
      keys.user(userId),
      keys.forgotten(userId),
      keys.catalogue,
    ]);
    const live = user.versionstamp === null ? NOTHING : await this.#live(userId, user.versionstamp);
    const from = Math.max(forgotten.value ?? 0, this.#retention.oldest());
    const events = live.events.filter(({ received }) => received >= from);
    const purchases = live.purchases.filter(({ received }) => received >= from);
    return {
      events,
      purchased: purchases.map(({ productId }) => productId),
      ...(forgotten.value !== null && { forgottenAt: forgotten.value }),
      catalogueSequence: catalogue.value ?? 0,
      version: [user, forgotten, catalogue].map(({ versionstamp }) => versionstamp).join(),
      until: [...events, ...purchases].reduce(
        (until, { received }) => Math.min(until, this.#retention.expiryOf(received)),
        Infinity,
      ),
    };
  }

  async #live(userId: string, version: string): Promise<LiveEvents> {
    const cached = this.#events.get(userId, version);
    if (cached) return cached;
    const newest = this.#kv.list({ prefix: keys.eventsOf(userId) }, {
      limit: LIVE_EVENTS,
      batchSize: LIVE_EVENTS,
      reverse: true,
    });
    const events = (await Array.fromAsync(newest, readEvent)).reverse();
    const purchases = events.length < LIVE_EVENTS
      ? events.filter(({ type }) => type === "purchase")
      : await this.#purchases(userId);
    const live = { events, purchases };
    this.#events.set(userId, live, { version, size: 1 + events.length + purchases.length });
    return live;
  }

  #purchases(userId: string): Promise<Purchase[]> {
    const entries = this.#kv.list<number>({ prefix: keys.purchasesOf(userId) }, {
      batchSize: 1000,
    });
    return Array.fromAsync(
      entries,
      ({ key, value }) => ({ productId: String(key[2]), received: value }),
    );
  }
}
