import { Cache } from "../../../base/cache.ts";
import { readEvent } from "./append_events.ts";
import type { ReadVersions } from "./key_versions.ts";
import { keys } from "./keys.ts";
import { type Opinion, opinionsAmong, unwantedAt } from "./opinions.ts";
import { type Merges, readMerges } from "./merge_users.ts";
import type { Retention } from "./retention.ts";
import type { StoredEvent } from "./stored_event.ts";

/** What the store knows of a user at one moment: the state that their lists depend on. */
export interface UserState {
  /** The newest events, oldest first. */
  readonly events: readonly StoredEvent[];
  /** All products that were bought, those of older events included. */
  readonly purchased: readonly Purchase[];
  /** The products that the user dislikes; those disliked last come last. */
  readonly disliked: readonly string[];
  /** The products that the user only hid. */
  readonly hidden: readonly string[];
  /**
   * When the user was forgotten, in milliseconds since 1970-01-01 UTC: earlier events must not be
   * used.
   */
  readonly forgottenAt?: number;
  /** How the user was merged with others. */
  readonly merges: Merges;
  /** How many changes of products there had been. */
  readonly catalogueSequence: number;
  /**
   * Differs between any two states of the user, except those that differ only by expired events.
   */
  readonly version: string;
  /**
   * When the first of the events or opinions ends, in milliseconds since 1970-01-01 UTC; `Infinity`
   * if none does.
   */
  readonly until: number;
}

/** How many of a user's newest events models score from. */
export const LIVE_EVENTS = 200;

/** How many of a user's newest opinions of products count. */
export const LIVE_OPINIONS = 1000;

/** What is read of a user: newest events, each product's last purchase, opinions. */
export interface LiveEvents {
  readonly events: readonly StoredEvent[];
  readonly purchases: readonly Purchase[];
  /** The newest {@linkcode LIVE_OPINIONS}, oldest first. */
  readonly opinions: readonly Opinion[];
  readonly merges: Merges;
}

/** The product of a purchase, and when it arrived, in milliseconds since 1970-01-01 UTC. */
export type Purchase = Pick<StoredEvent, "productId" | "received">;

function keysOf(userId: string) {
  return [keys.user(userId), keys.forgotten(userId), keys.catalogue] as const;
}

/** What is read of a user without events. */
export const NOTHING: LiveEvents = {
  events: [],
  purchases: [],
  opinions: [],
  merges: { absorbed: [] },
};

/** Of {@linkcode LiveEvents}, in users and events together: some tens of megabytes. */
export const CACHE_SIZE = 100_000;

/** What a state is made of: three entries at one moment. */
interface Entries {
  /** The version of the user's own entry; null if nothing is stored of them. */
  readonly user: string | null;
  readonly forgotten: Entry;
  readonly catalogue: Entry;
}

/** An entry that holds a number; both are null if it doesn't exist. */
interface Entry {
  readonly versionstamp: string | null;
  readonly value: number | null;
}

const NO_ENTRY: Entry = { versionstamp: null, value: null };

/**
 * Reads users' states. The events of a user who has no new ones are cached, and so is the number of
 * changes of products.
 */
export class UserStates {
  readonly #kv: Deno.Kv;
  readonly #retention: Retention;
  readonly #readVersions: ReadVersions | undefined;
  readonly #events = new Cache<LiveEvents, string>(CACHE_SIZE);
  #catalogue = NO_ENTRY;

  /** @param readVersions Tells, faster than `kv`, what needn't be read again. Default nothing. */
  constructor(kv: Deno.Kv, retention: Retention, readVersions?: ReadVersions) {
    this.#kv = kv;
    this.#retention = retention;
    this.#readVersions = readVersions;
  }

  /** The current state of a user. */
  async read(userId: string): Promise<UserState> {
    const { user, forgotten, catalogue } = this.#unchanged(userId) ?? await this.#entries(userId);
    const live = user === null ? NOTHING : await this.#live(userId, user);
    const version = `${user ?? ""},${forgotten.versionstamp ?? ""},${catalogue.versionstamp ?? ""}`;
    return stateOf(live, {
      ...(forgotten.value !== null && { forgottenAt: forgotten.value }),
      catalogueSequence: catalogue.value ?? 0,
      version,
      retention: this.#retention,
    });
  }

  /** The entries, if their versions show what is in them. */
  #unchanged(userId: string): Entries | undefined {
    const [user, forgotten, catalogue] = this.#versions(userId) ?? [];
    if (user === undefined || forgotten !== null) return undefined;
    if (catalogue !== this.#catalogue.versionstamp) return undefined;
    return { user, forgotten: NO_ENTRY, catalogue: this.#catalogue };
  }

  #versions(userId: string): (string | null)[] | undefined {
    try {
      return this.#readVersions?.(keysOf(userId));
    } catch {
      // Reading the entries themselves reports what is wrong with the store.
      return undefined;
    }
  }

  async #entries(userId: string): Promise<Entries> {
    const [user, forgotten, catalogue] = await this.#kv.getMany<[number, number, number]>(
      keysOf(userId),
    );
    this.#catalogue = catalogue;
    return { user: user.versionstamp, forgotten, catalogue };
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
    const opinions = events.length < LIVE_EVENTS
      ? opinionsAmong(events)
      : await this.#opinions(userId);
    const live = { events, purchases, opinions, merges: await readMerges(this.#kv, userId) };
    this.#events.set(userId, live, { version, size: sizeOf(live) });
    return live;
  }

  async #opinions(userId: string): Promise<Opinion[]> {
    const newest = this.#kv.list({ prefix: keys.opinionsOf(userId) }, {
      limit: LIVE_OPINIONS,
      batchSize: LIVE_OPINIONS,
      reverse: true,
    });
    return opinionsAmong(await Array.fromAsync(newest, readEvent)).reverse();
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

/** A user's state from what was read of them, without what has expired or was to be forgotten. */
export function stateOf(
  live: LiveEvents,
  { retention, ...state }:
    & Pick<UserState, "forgottenAt" | "catalogueSequence" | "version">
    & { retention: Retention },
): UserState {
  const from = Math.max(state.forgottenAt ?? 0, retention.oldest());
  const events = live.events.filter(({ received }) => received >= from);
  const purchases = live.purchases.filter(({ received }) => received >= from);
  const opinions = live.opinions.filter(({ received }) => received >= from);
  const { disliked, hidden, until: unwantedUntil } = unwantedAt(opinions, retention.now());
  return {
    ...state,
    merges: live.merges,
    events,
    purchased: purchases,
    disliked,
    hidden,
    until: [...events, ...purchases, ...opinions].reduce(
      (until, { received }) => Math.min(until, retention.expiryOf(received)),
      unwantedUntil,
    ),
  };
}

/** The memory of a user's events in a cache of {@linkcode CACHE_SIZE}. */
export function sizeOf({ events, purchases, opinions, merges }: LiveEvents): number {
  return 1 + events.length + purchases.length + opinions.length + merges.absorbed.length;
}
