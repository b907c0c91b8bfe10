import { type Appended, appendEvents, readEvent } from "./entries/append_events.ts";
import { appendStream, readPosition, type StreamPart } from "./entries/append_stream.ts";
import type { Deadline } from "./deadline.ts";
import { deleteEvents } from "./entries/delete_events.ts";
import { deletePrefix } from "./entries/delete_prefix.ts";
import { type Impression, readShown, recordShown } from "./entries/impressions.ts";
import { keys } from "./entries/keys.ts";
import {
  changeProducts,
  type ProductChanges,
  readProductChanges,
} from "./entries/product_changes.ts";
import {
  forgetMerges,
  type MergeOutcome,
  type MergeRequest,
  mergeUsers,
} from "./entries/merge_users.ts";
import type { ReadVersions } from "./entries/key_versions.ts";
import type { Purge } from "./purge.ts";
import { Retention } from "./entries/retention.ts";
import type { EventStore } from "./event_store.ts";
import type { Exposure } from "../../experiments/exposures/exposure.ts";
import { readExposures, readListKey, recordExposures } from "./entries/exposures.ts";
import {
  changeNamed,
  type Experiment,
  type Experiments,
  readNamed,
  type ShopRule,
  type ShopRules,
} from "./entries/shop_rules.ts";
import { storeError } from "./store_error.ts";
import { StoreOperations, type StoreParts } from "./store_operations.ts";
import type { StoreVersion } from "./store_version.ts";
import type {
  NewEvent,
  ProductChange,
  StoredEvent,
  StoredExposure,
} from "./entries/stored_event.ts";
import { readCounts, readLatest, readTallies, type Tally } from "./entries/tallies.ts";
import { type UserState, UserStates } from "./entries/user_states.ts";
import { whenUnlocked } from "./entries/when_unlocked.ts";

/** What a {@linkcode KvStore} is made of. */
export interface KvStoreOptions extends StoreParts {
  /** For how many days events are kept. Default forever. */
  readonly retentionDays?: number;
  /** Reads versions faster than Deno KV does. Absent if the store isn't a file. */
  readonly readVersions?: ReadVersions;
  /** Removes what was deleted from the file. Absent if the store isn't one. */
  readonly purge?: Purge;
  /** Stops waiting for the store. Default it is waited for. */
  readonly deadline?: Deadline;
  /** The clock, in milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/**
 * A store in Deno KV. Every method reads the store itself, so that several processes can share it
 * and none answers from stale data.
 */
export class KvStore implements EventStore {
  readonly #kv: Deno.Kv;
  readonly #operations: StoreOperations;
  readonly #users: UserStates;
  readonly #forgotten = new Map<string, number>();
  readonly #retention: Retention;
  readonly #version: StoreVersion | undefined;
  readonly #purge: Purge | undefined;
  readonly #deadline: Deadline | undefined;
  readonly #name: string;
  readonly now: () => number;

  /** Use {@linkcode openEventStore}. */
  constructor(kv: Deno.Kv, options: KvStoreOptions) {
    const { name, retentionDays, now, version, file, readVersions, purge, deadline } = options;
    this.#kv = kv;
    this.#operations = new StoreOperations(kv, { name, file, version });
    this.#retention = new Retention({ days: retentionDays, now });
    this.#users = new UserStates(kv, this.#retention, readVersions);
    this.#purge = purge;
    this.#deadline = deadline;
    this.#name = name;
    this.#version = version;
    this.now = now;
  }

  version(now?: number): number | undefined {
    try {
      return this.#version?.current(now);
    } catch {
      // The next call that reads the store reports what is wrong with it.
      return undefined;
    }
  }

  append(events: readonly NewEvent[]): Promise<Appended> {
    const { expireIn } = this.#retention;
    return this.#operations.write(
      "store events",
      () => appendEvents(this.#kv, events, { received: this.now(), expireIn }),
    );
  }

  position(stream: string): Promise<number | undefined> {
    return this.#operations.attempt("read a position", () => readPosition(this.#kv, stream));
  }

  appendStream(part: StreamPart): Promise<Appended | undefined> {
    const { expireIn } = this.#retention;
    return this.#operations.write(
      "store events",
      () => appendStream(this.#kv, part, { received: this.now(), expireIn }),
    );
  }

  async userState(userId: string): Promise<UserState> {
    const state = await this.#operations.attempt(
      "read a user's events",
      () => this.#users.read(userId),
    );
    if (state.forgottenAt !== undefined) this.#forgotten.set(userId, state.forgottenAt);
    return state;
  }

  eventsOf(userId: string): Promise<StoredEvent[]> {
    return this.#operations.attempt("read a user's events", async () => {
      const forgotten = (await this.#kv.get<number>(keys.forgotten(userId))).value ?? 0;
      const from = Math.max(forgotten, this.#retention.oldest());
      const entries = this.#kv.list({ prefix: keys.eventsOf(userId) }, { batchSize: 1000 });
      const events = await Array.fromAsync(entries, readEvent);
      return events.filter(({ received }) => received >= from);
    });
  }

  usersAfter({ after, limit = 1000 }: { after?: string; limit?: number } = {}): Promise<string[]> {
    return this.#operations.attempt("read users", () => {
      // `true` comes after every other part of a key.
      const start = after === undefined ? {} : { start: [...keys.user(after), true] };
      const entries = this.#kv.list({ prefix: keys.users, ...start }, {
        ...{ limit, batchSize: Math.min(limit, 1000) },
      });
      return Array.fromAsync(entries, ({ key }) => String(key[1]));
    });
  }

  async *events({ since = 0 } = {}): AsyncGenerator<StoredEvent> {
    const from = Math.max(since, this.#retention.oldest());
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

  merge(request: MergeRequest): Promise<MergeOutcome> {
    const options = { now: this.now(), retention: this.#retention };
    return this.#operations.write(
      "merge users",
      () => mergeUsers(this.#kv, request, options),
    );
  }

  forget(userId: string): Promise<number> {
    return this.#operations.write("forget a user", async () => {
      const now = this.now();
      this.#forgotten.set(userId, now);
      const marked = this.#kv.atomic()
        .set(keys.forgotten(userId), now)
        .set(keys.purge, now)
        .delete(keys.shown(userId));
      await whenUnlocked(() => marked.commit());
      const deleted = await deleteEvents(this.#kv, userId) +
        await forgetMerges(this.#kv, userId, now);
      await deletePrefix(this.#kv, keys.eventIdsOf(userId));
      await deletePrefix(this.#kv, keys.purchasesOf(userId));
      await deletePrefix(this.#kv, keys.opinionsOf(userId));
      await deletePrefix(this.#kv, keys.exposuresOf(userId));
      // Again, since a purge may have run in between.
      const ended = this.#kv.atomic().set(keys.user(userId), now).set(keys.purge, now);
      await whenUnlocked(() => ended.commit());
      this.#purge?.schedule();
      return deleted;
    });
  }

  forgottenUsers(): Promise<ReadonlyMap<string, number>> {
    return this.#operations.attempt("read forgotten users", async () => {
      const users = new Map<string, number>();
      const entries = this.#kv.list<number>({ prefix: keys.allForgotten }, { batchSize: 1000 });
      for await (const { key, value } of entries) users.set(String(key[1]), value);
      for (const [userId, when] of users) this.#forgotten.set(userId, when);
      return users;
    });
  }

  knownForgotten(userId: string): number | undefined {
    return this.#forgotten.get(userId);
  }

  changeProduct(productId: string, change: ProductChange): Promise<void> {
    return this.changeProducts(new Map([[productId, change]]));
  }

  changeProducts(changes: ReadonlyMap<string, ProductChange>): Promise<void> {
    return this.#operations.write("change products", () => changeProducts(this.#kv, changes));
  }

  productChanges(since = 0): Promise<ProductChanges> {
    return this.#operations.attempt("read products", () => readProductChanges(this.#kv, since));
  }

  rules(): Promise<ShopRules> {
    return this.#operations.attempt("read rules", () => readNamed(this.#kv, keys.rules));
  }

  changeRule(name: string, rule: ShopRule | undefined): Promise<void> {
    return this.#operations.write(
      "change a rule",
      () => changeNamed(this.#kv, keys.rule(name), rule),
    );
  }

  experiments(): Promise<Experiments> {
    return this.#operations.attempt(
      "read experiments",
      () => readNamed(this.#kv, keys.experiments),
    );
  }

  changeExperiment(name: string, experiment: Experiment | undefined): Promise<void> {
    return this.#operations.write(
      "change an experiment",
      () => changeNamed(this.#kv, keys.experiment(name), experiment),
    );
  }

  recordExposures(exposures: readonly Exposure[]): Promise<Appended> {
    const { expireIn } = this.#retention;
    return this.#operations.write(
      "record what users were shown",
      () => recordExposures(this.#kv, exposures, { received: this.now(), expireIn }),
    );
  }

  async *exposures(): AsyncGenerator<StoredExposure> {
    const from = this.#retention.oldest();
    const forgotten = await this.forgottenUsers();
    try {
      for await (const exposure of readExposures(this.#kv)) {
        const since = Math.max(from, forgotten.get(exposure.userId) ?? 0);
        if (exposure.received >= since) yield exposure;
      }
    } catch (error) {
      throw storeError(`read what users were shown in ${this.#name}`, error as Error);
    }
  }

  listKey(): Promise<string> {
    return this.#operations.write("read the key of lists", () => readListKey(this.#kv));
  }

  catalogueSequence(): Promise<number> {
    return this.#operations.attempt(
      "read products",
      async () => (await this.#kv.get<number>(keys.catalogue)).value ?? 0,
    );
  }

  tallies(day: number): Promise<Tally[]> {
    return this.#operations.attempt("read daily counts", () => readTallies(this.#kv, day));
  }

  counts(span: { readonly from: number; readonly to: number }): Promise<Tally[]> {
    return this.#operations.attempt("read counts", () => readCounts(this.#kv, span));
  }

  latestSecond(): Promise<number | undefined> {
    const now = Math.floor(this.now() / 1000);
    return this.#operations.attempt("read counts", () => readLatest(this.#kv, now));
  }

  shownTo(userId: string): Promise<readonly Impression[]> {
    return this.#operations.attempt(
      "read what a user was shown",
      () => readShown(this.#kv, userId, this.now()),
    );
  }

  recordShown(userId: string, productIds: readonly string[]): Promise<void> {
    return this.#operations.write(
      "record what a user was shown",
      () => recordShown(this.#kv, { userId, productIds, now: this.now() }),
    );
  }

  /** As {@linkcode StoreOperations.check}. */
  check(): Promise<void> {
    return this.#operations.check();
  }

  [Symbol.dispose](): void {
    this.#purge?.[Symbol.dispose]();
    this.#version?.[Symbol.dispose]();
    this.#deadline?.[Symbol.dispose]();
    this.#kv.close();
  }
}
