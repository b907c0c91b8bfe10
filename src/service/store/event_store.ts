import { MS_PER_DAY } from "../../base/time.ts";
import { type Appended, appendEvents, readEvent } from "./append_events.ts";
import { deletePrefix } from "./delete_prefix.ts";
import { keys, SCHEMA_VERSION } from "./keys.ts";
import { changeProduct, type ProductChanges, readProductChanges } from "./product_changes.ts";
import { RecentUsers } from "./recent_users.ts";
import { attemptOnStore, StoreError } from "./store_error.ts";
import { StoreVersion, watchFile } from "./store_version.ts";
import type { NewEvent, ProductChange, StoredEvent } from "./stored_event.ts";
import { deleteOldTallies, readLatestDay, readTallies, type Tally } from "./tallies.ts";
import { whenUnlocked } from "./when_unlocked.ts";

/** How a store is opened. */
export interface StoreOptions {
  /** A file, made if need be with its folder; default the platform's own store, as Deno Deploy has it. */
  path?: string;
  /** For how many days events are kept. Default for ever. */
  retentionDays?: number;
  /** How many of a user's newest events count for recommendations. Default 200. */
  liveEvents?: number;
  /** The time, in milliseconds since 1970-01-01 UTC. Default the clock's. */
  now?: () => number;
}

/** What the store knows of a user at one moment. */
export interface UserState {
  /** The newest events, oldest first. */
  readonly events: readonly StoredEvent[];
  /** When the user was forgotten: what happened before must not be used. Milliseconds since 1970-01-01 UTC. */
  readonly forgottenAt?: number;
  /** How many changes of products there were by then. */
  readonly catalogueSequence: number;
  /** Tells this state from any other of the same user, but for events that grow too old to be kept. */
  readonly version: string;
  /** When the first of the events grows too old, in milliseconds since 1970-01-01 UTC; `Infinity` if none does. */
  readonly until: number;
}

/** Which product was shown, and when, in milliseconds since 1970-01-01 UTC. */
export type Impression = readonly [productId: string, shown: number];

const LIVE_EVENTS = 200;
/** Users and events that are kept in memory: some tens of megabytes. */
const RECENT_USERS = 100_000;
const MOST_IMPRESSIONS = 100;
const IMPRESSION_EXPIRES_IN = MS_PER_DAY;

/**
 * Opens the store of what came in while serving, and makes it if need be.
 *
 * @throws {StoreError} If it can't be used: no Deno KV here, not allowed, or of a newer layout.
 */
export async function openEventStore(options: StoreOptions = {}): Promise<EventStore> {
  return await attemptOnStore("open the store of events", async () => {
    if (typeof Deno.openKv !== "function") {
      throw new StoreError(
        'Cannot open the store of events: this Deno has no KV; deno.json must say "unstable": ["kv"]',
      );
    }
    const { path } = options;
    const isOnDisk = path !== undefined && isFile(path);
    if (isOnDisk) await Deno.mkdir(path.replace(/[^/\\]*$/, "") || ".", { recursive: true });
    const kv = await whenUnlocked(() => Deno.openKv(path));
    try {
      await requireSchema(kv);
      const version = isOnDisk
        ? new StoreVersion(await whenUnlocked(() => watchFile(path)))
        : path === ":memory:"
        ? new StoreVersion()
        : undefined;
      const store = new EventStore(kv, { ...options, version });
      await deleteOldTallies(kv, store.now());
      await store.forgottenUsers();
      return store;
    } catch (error) {
      kv.close();
      throw error;
    }
  });
}

/** Neither in memory nor on another machine. */
function isFile(path: string): boolean {
  return path !== ":memory:" && !/^https?:/.test(path);
}

async function requireSchema(kv: Deno.Kv): Promise<void> {
  const first = kv.atomic()
    .check({ key: keys.schema, versionstamp: null })
    .set(keys.schema, SCHEMA_VERSION);
  await whenUnlocked(() => first.commit());
  const { value } = await kv.get<number>(keys.schema);
  if (value === SCHEMA_VERSION) return;
  throw new StoreError(
    `Cannot open the store of events: it is of layout ${value}, this program knows ${SCHEMA_VERSION}; ` +
      "use the program that made it, or another file with KV_PATH",
  );
}

/**
 * What came in while serving: events, what the shop said of products, who wants to be forgotten. Every method
 * asks the store itself, so that several programs can share it and none answers from a stale copy. All throw
 * {@linkcode StoreError} where the store fails.
 */
export class EventStore implements Disposable {
  readonly #kv: Deno.Kv;
  readonly #recent = new RecentUsers(RECENT_USERS);
  readonly #forgotten = new Map<string, number>();
  readonly #liveEvents: number;
  readonly #retention: number | undefined;
  readonly #version: StoreVersion | undefined;
  readonly now: () => number;

  /** Use {@linkcode openEventStore}. */
  constructor(
    kv: Deno.Kv,
    { retentionDays, liveEvents = LIVE_EVENTS, now = Date.now, version }: StoreOptions & {
      version?: StoreVersion;
    },
  ) {
    this.#kv = kv;
    this.#version = version;
    this.#liveEvents = liveEvents;
    this.#retention = retentionDays === undefined ? undefined : retentionDays * MS_PER_DAY;
    this.now = now;
  }

  /**
   * A number that changes after every write, by whatever program; while it is the same, so is everything else that
   * the store answers, but for what grows too old. A write shows in every program by the time that it has resolved.
   * Absent where only asking tells: in a store on another machine.
   */
  version(now?: number): number | undefined {
    try {
      return this.#version?.current(now);
    } catch {
      // Whoever asks the store itself then is told what is wrong with it.
      return undefined;
    }
  }

  /** Stores events durably; those whose names the store has already are left out. */
  append(events: readonly NewEvent[]): Promise<Appended> {
    return this.#write(
      "store events",
      () => appendEvents(this.#kv, events, { received: this.now(), expireIn: this.#retention }),
    );
  }

  /** Whatever comes of it, something may have been written. */
  #write<T>(attempt: string, run: () => Promise<T>): Promise<T> {
    return attemptOnStore(attempt, run).finally(() => this.#version?.wrote());
  }

  /** What counts for a user now. */
  userState(userId: string): Promise<UserState> {
    return attemptOnStore("read a user's events", async () => {
      const [user, forgotten, catalogue] = await this.#kv.getMany<[number, number, number]>([
        keys.user(userId),
        keys.forgotten(userId),
        keys.catalogue,
      ]);
      const events = user.versionstamp === null ? [] : await this.#live(userId, user.versionstamp);
      if (forgotten.value !== null) this.#forgotten.set(userId, forgotten.value);
      const from = Math.max(forgotten.value ?? 0, this.#oldest());
      const kept = events.filter(({ received }) => received >= from);
      return {
        events: kept,
        ...(forgotten.value !== null && { forgottenAt: forgotten.value }),
        catalogueSequence: catalogue.value ?? 0,
        version: [user, forgotten, catalogue].map(({ versionstamp }) => versionstamp).join(),
        until: kept.reduce(
          (until, { received }) => Math.min(until, this.#tooOld(received)),
          Infinity,
        ),
      };
    });
  }

  async #live(userId: string, version: string): Promise<readonly StoredEvent[]> {
    const known = this.#recent.get(userId, version);
    if (known) return known;
    const newest = this.#kv.list({ prefix: keys.eventsOf(userId) }, {
      limit: this.#liveEvents,
      batchSize: this.#liveEvents,
      reverse: true,
    });
    const events = (await Array.fromAsync(newest, readEvent)).reverse();
    this.#recent.set(userId, version, events);
    return events;
  }

  /** When what came in then is too old to be kept. */
  #tooOld(received: number): number {
    return this.#retention === undefined ? Infinity : received + this.#retention;
  }

  /** What came in before then isn't kept any more, though it may still be there. */
  #oldest(): number {
    return this.#retention === undefined ? 0 : this.now() - this.#retention;
  }

  /**
   * All events, user by user in the order of time.
   *
   * @param since Only those that came in then or later; milliseconds since 1970-01-01 UTC. Default all.
   */
  async *events({ since = 0 } = {}): AsyncGenerator<StoredEvent> {
    const from = Math.max(since, this.#oldest());
    const forgotten = await this.forgottenUsers();
    for await (const entry of this.#kv.list({ prefix: keys.events }, { batchSize: 1000 })) {
      const event = readEvent(entry);
      if (event.received >= Math.max(from, forgotten.get(event.userId) ?? 0)) yield event;
    }
  }

  /**
   * Forgets a user: deletes his events and remembers that what happened before must not be used.
   *
   * @returns How many events were deleted.
   */
  forget(userId: string): Promise<number> {
    return this.#write("forget a user", async () => {
      const now = this.now();
      this.#forgotten.set(userId, now);
      const marked = this.#kv.atomic()
        .set(keys.forgotten(userId), now)
        .delete(keys.shown(userId));
      await whenUnlocked(() => marked.commit());
      const deleted = await deletePrefix(this.#kv, keys.eventsOf(userId));
      await deletePrefix(this.#kv, keys.eventIdsOf(userId));
      await whenUnlocked(() => this.#kv.set(keys.user(userId), now));
      return deleted;
    });
  }

  /** Who was forgotten, and when: milliseconds since 1970-01-01 UTC. */
  forgottenUsers(): Promise<ReadonlyMap<string, number>> {
    return attemptOnStore("read who was forgotten", async () => {
      const users = new Map<string, number>();
      const entries = this.#kv.list<number>({ prefix: keys.allForgotten }, { batchSize: 1000 });
      for await (const { key, value } of entries) users.set(String(key[1]), value);
      for (const [userId, when] of users) this.#forgotten.set(userId, when);
      return users;
    });
  }

  /**
   * When a user was forgotten, as far as this program knows without asking the store: nobody shall be remembered
   * only because the store fails. Milliseconds since 1970-01-01 UTC.
   */
  knownForgotten(userId: string): number | undefined {
    return this.#forgotten.get(userId);
  }

  /** Adds what is said of a product to what was said before. */
  changeProduct(productId: string, change: ProductChange): Promise<void> {
    return this.#write(
      "change a product",
      () => changeProduct(this.#kv, productId, change),
    );
  }

  /** What was said of products after the change number `since`; 0 gives everything. */
  productChanges(since = 0): Promise<ProductChanges> {
    return attemptOnStore("read products", () => readProductChanges(this.#kv, since));
  }

  /** How many changes of products there were. */
  catalogueSequence(): Promise<number> {
    return attemptOnStore(
      "read products",
      async () => (await this.#kv.get<number>(keys.catalogue)).value ?? 0,
    );
  }

  /** How often what happened to which product on a day (whole days since 1970-01-01 UTC). */
  tallies(day: number): Promise<Tally[]> {
    return attemptOnStore("read what happened lately", () => readTallies(this.#kv, day));
  }

  /** The last day on which anything happened, at most a day from now; nothing if nothing did. */
  latestDay(): Promise<number | undefined> {
    return attemptOnStore("read what happened lately", () => readLatestDay(this.#kv));
  }

  /** What a user was shown within the last day, newest last. */
  shownTo(userId: string): Promise<readonly Impression[]> {
    return attemptOnStore("read what a user was shown", async () => {
      const { value } = await this.#kv.get<Impression[]>(keys.shown(userId));
      const oldest = this.now() - IMPRESSION_EXPIRES_IN;
      return (value ?? []).filter(([, shown]) => shown >= oldest);
    });
  }

  /** Remembers for a day that a user was shown these products. */
  async recordShown(userId: string, productIds: readonly string[]): Promise<void> {
    const before = await this.shownTo(userId);
    const now = productIds.map((productId): Impression => [productId, this.now()]);
    await this.#write(
      "remember what a user was shown",
      () =>
        whenUnlocked(() =>
          this.#kv.set(keys.shown(userId), [...before, ...now].slice(-MOST_IMPRESSIONS), {
            expireIn: IMPRESSION_EXPIRES_IN,
          })
        ),
    );
  }

  /** Makes sure that the store answers. */
  async check(): Promise<void> {
    await attemptOnStore("reach the store of events", () => this.#kv.get(keys.schema));
  }

  [Symbol.dispose](): void {
    this.#version?.[Symbol.dispose]();
    this.#kv.close();
  }
}
