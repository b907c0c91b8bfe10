import { Cache } from "../../base/cache.ts";
import { MS_PER_DAY } from "../../base/time.ts";
import { type Appended, appendEvents, readEvent } from "./append_events.ts";
import { deletePrefix } from "./delete_prefix.ts";
import { indexEvents } from "./index_events.ts";
import { keys, SCHEMA_VERSION } from "./keys.ts";
import { changeProduct, type ProductChanges, readProductChanges } from "./product_changes.ts";
import { attemptOnStore, StoreError, storeError } from "./store_error.ts";
import { Purge } from "./purge.ts";
import { requireSound, StoreFile } from "./store_file.ts";
import { StoreVersion, watchFile } from "./store_version.ts";
import type { NewEvent, ProductChange, StoredEvent } from "./stored_event.ts";
import { deleteOldTallies, readCounts, readLatest, readTallies, type Tally } from "./tallies.ts";
import { whenUnlocked } from "./when_unlocked.ts";

/** How a store is opened. */
export interface StoreOptions {
  /**
   * A file, created with its folder if missing. Default the platform's own store, as on Deno
   * Deploy.
   */
  path?: string;
  /** For how many days events are kept. Default forever. */
  retentionDays?: number;
  /** Milliseconds from a deletion to the purge of the file. Default an hour; tests set less. */
  purgeDelayMs?: number;
  /** The clock, in milliseconds since 1970-01-01 UTC. Default `Date.now`; tests let days pass. */
  now?: () => number;
}

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

/** A product that was shown, and when, in milliseconds since 1970-01-01 UTC. */
export type Impression = readonly [productId: string, shown: number];

/** What messages call the store that has no path. */
const PLATFORM = "the platform's store";

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
const MAX_IMPRESSIONS = 100;
const IMPRESSION_EXPIRES_IN = MS_PER_DAY;

/** For how long a check of the store, or a failed write, says whether it can be written. */
const PROBE_MS = 10_000;
/** In bytes, near the most that a value may have: a probe that fits leaves room for an event. */
const PROBE_BYTES = 60_000;

/**
 * Opens the store of events, and creates it if missing.
 *
 * @throws {StoreError} If it can't be used: there is no Deno KV, no permission, or the layout is
 *   newer.
 */
export async function openEventStore(options: StoreOptions = {}): Promise<EventStore> {
  const { path: name = PLATFORM } = options;
  return await attemptOnStore(`open the store of events, ${name}`, async () => {
    if (typeof Deno.openKv !== "function") {
      throw new StoreError(
        'Deno has no KV; deno.json must say "unstable": ["kv"]',
      );
    }
    const { path } = options;
    const isOnDisk = path !== undefined && isFile(path);
    if (isOnDisk) {
      await Deno.mkdir(path.replace(/[^/\\]*$/, "") || ".", { recursive: true });
      await whenUnlocked(() => requireSound(path));
    }
    const kv = await whenUnlocked(() => Deno.openKv(path));
    try {
      await requireSchema(kv);
      const { retentionDays, now = Date.now } = options;
      await indexEvents(kv, { now: now(), expireIn: retentionMs(retentionDays) });
      const version = isOnDisk
        ? new StoreVersion(await whenUnlocked(() => watchFile(path)))
        : path === ":memory:"
        ? new StoreVersion()
        : undefined;
      const file = isOnDisk ? new StoreFile(path) : undefined;
      const purge = isOnDisk ? new Purge(kv, path, options.purgeDelayMs) : undefined;
      purge?.schedule();
      const store = new EventStore(kv, { ...options, version, file, purge });
      await deleteOldTallies(kv, store.now());
      await store.forgottenUsers();
      return store;
    } catch (error) {
      kv.close();
      throw error;
    }
  });
}

function retentionMs(days: number | undefined): number | undefined {
  return days === undefined ? undefined : days * MS_PER_DAY;
}

/** Whether a path is neither in memory nor on another machine. */
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
    `its layout is ${value}, not ${SCHEMA_VERSION}; ` +
      "use the program that created it, or another file with KV_PATH",
  );
}

/**
 * What the service received: events, what the shop says of products, and which users to forget.
 * Every method reads the store itself, so that several processes can share it and none answers from
 * stale data. All throw {@linkcode StoreError} if the store fails.
 */
export class EventStore implements Disposable {
  readonly #kv: Deno.Kv;
  readonly #events = new Cache<LiveEvents, string>(CACHE_SIZE);
  readonly #forgotten = new Map<string, number>();
  readonly #retention: number | undefined;
  readonly #version: StoreVersion | undefined;
  readonly #file: StoreFile | undefined;
  readonly #purge: Purge | undefined;
  readonly #name: string;
  /** The latest writes, on the clock of `performance.now`. */
  #wroteAt = -Infinity;
  #failure: { readonly error: StoreError; readonly at: number } | undefined;
  #probing: Promise<void> | undefined;
  readonly now: () => number;

  /** Use {@linkcode openEventStore}. */
  constructor(
    kv: Deno.Kv,
    { path = PLATFORM, retentionDays, now = Date.now, version, file, purge }: StoreOptions & {
      version?: StoreVersion;
      file?: StoreFile;
      purge?: Purge;
    },
  ) {
    this.#kv = kv;
    this.#file = file;
    this.#purge = purge;
    this.#name = path;
    this.#version = version;
    this.#retention = retentionMs(retentionDays);
    this.now = now;
  }

  /**
   * A number that changes after every write of any process: while it is the same, so is everything
   * else that the store returns, except events that expire. A write changes it in every process by
   * the time that it resolves. Undefined for a store on another machine, whose writes can't be
   * watched.
   *
   * @param now The time on the clock of `performance.now`, if it is known already.
   */
  version(now?: number): number | undefined {
    try {
      return this.#version?.current(now);
    } catch {
      // The next call that reads the store reports what is wrong with it.
      return undefined;
    }
  }

  /** Stores events durably; skips those whose ids are already stored. */
  append(events: readonly NewEvent[]): Promise<Appended> {
    return this.#write(
      "store events",
      () => appendEvents(this.#kv, events, { received: this.now(), expireIn: this.#retention }),
    );
  }

  #attempt<T>(attempt: string, run: () => Promise<T>): Promise<T> {
    return attemptOnStore(`${attempt} in ${this.#name}`, run);
  }

  /**
   * Counts as a write even if it fails, since a part may have been written. Fails if the file isn't
   * where it was, since what is written then is lost with the process.
   */
  async #write<T>(attempt: string, run: () => Promise<T>): Promise<T> {
    try {
      const result = await this.#attempt(attempt, async () => {
        this.#file?.requireInPlace();
        const result = await run();
        this.#file?.requireInPlace();
        return result;
      });
      this.#wroteAt = performance.now();
      this.#failure = undefined;
      return result;
    } catch (error) {
      if (error instanceof StoreError) this.#failure = { error, at: performance.now() };
      throw error;
    } finally {
      await this.#version?.wrote();
    }
  }

  /** The current state of a user. */
  userState(userId: string): Promise<UserState> {
    return this.#attempt("read a user's events", async () => {
      const [user, forgotten, catalogue] = await this.#kv.getMany<[number, number, number]>([
        keys.user(userId),
        keys.forgotten(userId),
        keys.catalogue,
      ]);
      const live = user.versionstamp === null
        ? NOTHING
        : await this.#live(userId, user.versionstamp);
      if (forgotten.value !== null) this.#forgotten.set(userId, forgotten.value);
      const from = Math.max(forgotten.value ?? 0, this.#oldest());
      const events = live.events.filter(({ received }) => received >= from);
      const purchases = live.purchases.filter(({ received }) => received >= from);
      return {
        events,
        purchased: purchases.map(({ productId }) => productId),
        ...(forgotten.value !== null && { forgottenAt: forgotten.value }),
        catalogueSequence: catalogue.value ?? 0,
        version: [user, forgotten, catalogue].map(({ versionstamp }) => versionstamp).join(),
        until: [...events, ...purchases].reduce(
          (until, { received }) => Math.min(until, this.#expiry(received)),
          Infinity,
        ),
      };
    });
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

  /** All events of a user, oldest first. */
  eventsOf(userId: string): Promise<StoredEvent[]> {
    return this.#attempt("read a user's events", async () => {
      const forgotten = (await this.#kv.get<number>(keys.forgotten(userId))).value ?? 0;
      const from = Math.max(forgotten, this.#oldest());
      const entries = this.#kv.list({ prefix: keys.eventsOf(userId) }, { batchSize: 1000 });
      const events = await Array.fromAsync(entries, readEvent);
      return events.filter(({ received }) => received >= from);
    });
  }

  /** When an event that was received then expires. */
  #expiry(received: number): number {
    return this.#retention === undefined ? Infinity : received + this.#retention;
  }

  /** Events received before then have expired, though they may not be deleted yet. */
  #oldest(): number {
    return this.#retention === undefined ? 0 : this.now() - this.#retention;
  }

  /**
   * All events, sorted by user, then by time.
   *
   * @param since Only events received then or later; milliseconds since 1970-01-01 UTC. Default
   *   all.
   */
  async *events({ since = 0 } = {}): AsyncGenerator<StoredEvent> {
    const from = Math.max(since, this.#oldest());
    const forgotten = await this.forgottenUsers();
    try {
      for await (const entry of this.#kv.list({ prefix: keys.events }, { batchSize: 1000 })) {
        const event = readEvent(entry);
        if (event.received >= Math.max(from, forgotten.get(event.userId) ?? 0)) yield event;
      }
    } catch (error) {
      throw storeError(`read events in ${this.#name}`, error as Error);
    }
  }

  /**
   * Forgets a user: deletes their events, from the file within an hour as well, and records that
   * earlier ones in artifacts must not be used.
   *
   * @returns How many events were deleted.
   */
  forget(userId: string): Promise<number> {
    return this.#write("forget a user", async () => {
      const now = this.now();
      this.#forgotten.set(userId, now);
      const marked = this.#kv.atomic()
        .set(keys.forgotten(userId), now)
        .set(keys.purge, now)
        .delete(keys.shown(userId));
      await whenUnlocked(() => marked.commit());
      const deleted = await deletePrefix(this.#kv, keys.eventsOf(userId));
      await deletePrefix(this.#kv, keys.eventIdsOf(userId));
      await deletePrefix(this.#kv, keys.purchasesOf(userId));
      // Again, since a purge may have run in between.
      const ended = this.#kv.atomic().set(keys.user(userId), now).set(keys.purge, now);
      await whenUnlocked(() => ended.commit());
      this.#purge?.schedule();
      return deleted;
    });
  }

  /** The users who were forgotten, and when: milliseconds since 1970-01-01 UTC. */
  forgottenUsers(): Promise<ReadonlyMap<string, number>> {
    return this.#attempt("read forgotten users", async () => {
      const users = new Map<string, number>();
      const entries = this.#kv.list<number>({ prefix: keys.allForgotten }, { batchSize: 1000 });
      for await (const { key, value } of entries) users.set(String(key[1]), value);
      for (const [userId, when] of users) this.#forgotten.set(userId, when);
      return users;
    });
  }

  /**
   * When a user was forgotten, as far as this process knows without reading the store: a failing
   * store must not bring forgotten users back. Milliseconds since 1970-01-01 UTC.
   */
  knownForgotten(userId: string): number | undefined {
    return this.#forgotten.get(userId);
  }

  /** Merges a change into what the shop has said of a product before. */
  changeProduct(productId: string, change: ProductChange): Promise<void> {
    return this.#write(
      "change a product",
      () => changeProduct(this.#kv, productId, change),
    );
  }

  /** What the shop has said of products after the change number `since`; 0 returns everything. */
  productChanges(since = 0): Promise<ProductChanges> {
    return this.#attempt("read products", () => readProductChanges(this.#kv, since));
  }

  /** How many changes of products there have been. */
  catalogueSequence(): Promise<number> {
    return this.#attempt(
      "read products",
      async () => (await this.#kv.get<number>(keys.catalogue)).value ?? 0,
    );
  }

  /** How many events of each type each product had on a day (whole days since 1970-01-01 UTC). */
  tallies(day: number): Promise<Tally[]> {
    return this.#attempt("read daily counts", () => readTallies(this.#kv, day));
  }

  /**
   * How many events of each type each product had from one second up to another, which doesn't
   * belong to them; since 1970-01-01 UTC. Counts what arrived within the last 90 days.
   */
  counts(span: { readonly from: number; readonly to: number }): Promise<Tally[]> {
    return this.#attempt("read counts", () => readCounts(this.#kv, span));
  }

  /**
   * The second of the latest event that arrived within the last 90 days and happened up to now;
   * undefined if there is none.
   */
  latestSecond(): Promise<number | undefined> {
    const now = Math.floor(this.now() / 1000);
    return this.#attempt("read counts", () => readLatest(this.#kv, now));
  }

  /** The products a user was shown within the last day, newest last. */
  shownTo(userId: string): Promise<readonly Impression[]> {
    return this.#attempt("read what a user was shown", async () => {
      const { value } = await this.#kv.get<Impression[]>(keys.shown(userId));
      const oldest = this.now() - IMPRESSION_EXPIRES_IN;
      return (value ?? []).filter(([, shown]) => shown >= oldest);
    });
  }

  /** Records for a day that a user was shown these products. */
  async recordShown(userId: string, productIds: readonly string[]): Promise<void> {
    const before = await this.shownTo(userId);
    const now = productIds.map((productId): Impression => [productId, this.now()]);
    await this.#write(
      "record what a user was shown",
      () =>
        whenUnlocked(() =>
          this.#kv.set(keys.shown(userId), [...before, ...now].slice(-MAX_IMPRESSIONS), {
            expireIn: IMPRESSION_EXPIRES_IN,
          })
        ),
    );
  }

  /**
   * Checks that the store can be read and, if it is a file, written. It is written at most every
   * ten seconds, so that anyone may ask; a failed write counts until another one succeeds or that
   * time is over.
   */
  async check(): Promise<void> {
    await this.#attempt("reach the store of events", async () => {
      await this.#kv.get(keys.schema);
      this.#file?.requireInPlace();
    });
    if (!this.#file) return;
    const now = performance.now();
    if (this.#failure && now - this.#failure.at < PROBE_MS) throw this.#failure.error;
    if (now - this.#wroteAt < PROBE_MS) return;
    this.#probing ??= this.#write(
      "write",
      () =>
        whenUnlocked(() => this.#kv.set(keys.probe, new Uint8Array(PROBE_BYTES))).then(() => {}),
    ).finally(() => this.#probing = undefined);
    await this.#probing;
  }

  [Symbol.dispose](): void {
    this.#purge?.[Symbol.dispose]();
    this.#version?.[Symbol.dispose]();
    this.#kv.close();
  }
}
