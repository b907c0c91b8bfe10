import { MS_PER_DAY } from "../../../base/time.ts";
import type { Exposure } from "../../../experiments/exposures/exposure.ts";
import type { Appended } from "../entries/append_events.ts";
import type { StreamPart } from "../entries/append_stream.ts";
import type { Impression } from "../entries/impressions.ts";
import type { MergeOutcome, MergeRequest } from "../entries/merge_users.ts";
import type { ProductChanges } from "../entries/product_changes.ts";
import type { Retention } from "../entries/retention.ts";
import { fromValue, joined, toValue } from "../entries/exposures.ts";
import type {
  NewEvent,
  ProductChange,
  StoredEvent,
  StoredExposure,
} from "../entries/stored_event.ts";
import type { Experiment, Experiments, ShopRule, ShopRules } from "../entries/shop_rules.ts";
import { type Tally, TALLY_DAYS } from "../entries/tallies.ts";
import type { UserState } from "../entries/user_states.ts";
import type { EventStore } from "../event_store.ts";
import { attemptOnStore } from "../store_error.ts";
import type { Connections, Parameter } from "./connections.ts";
import { eventJson, type EventRow, toBatch, toEvent } from "./event_rows.ts";
import type { Freshness } from "./freshness.ts";
import type { Partitions } from "./partitions.ts";
import { withLater } from "../entries/with_later.ts";
import type { Upkeep } from "./upkeep.ts";
import { UserStates } from "./user_states.ts";

/** How many events are read at once. */
const PAGE = 1000;

/** How many products that a user was shown are returned. */
const MAX_IMPRESSIONS = 100;

/** The head of a statement that returns counts, from a subquery `t`. */
const TALLIES = "SELECT coalesce(json_agg(json_build_object('productId', product_id, 'type', " +
  "type, 'count', count) ORDER BY product_id COLLATE \"C\", type COLLATE \"C\"), '[]')::text";

/** What a {@linkcode PostgresStore} is made of. */
export interface PostgresParts {
  readonly connections: Connections;
  /** The connection that `freshness` asks on. */
  readonly watching: Connections;
  readonly freshness: Freshness;
  readonly partitions: Partitions;
  readonly upkeep: Upkeep;
  readonly retention: Retention;
  readonly now: () => number;
}

/** Where reading all events continues: after this one. */
type Place = readonly [userId: string, time: number, eventId: string];

/** A list as `record_exposures` takes it. */
function toExposureRow(exposure: Exposure) {
  return { user_id: exposure.userId, list_id: exposure.listId, shown: toValue(exposure) };
}

type ExposureRow = readonly [
  userId: string,
  listId: string,
  received: number,
  shown: ReturnType<typeof toValue>,
];

/**
 * A store in PostgreSQL, which several machines share. Each write is one transaction and durable
 * when it is acknowledged, which is when no server answers from a cache that lacks it: see
 * {@linkcode Freshness}.
 */
export class PostgresStore implements EventStore {
  readonly #parts: PostgresParts;
  readonly #users: UserStates;
  readonly #forgotten = new Map<string, number>();
  readonly now: () => number;

  /** Use {@linkcode openPostgresStore}. */
  constructor(parts: PostgresParts) {
    this.#parts = parts;
    this.#users = new UserStates(parts.connections, parts.retention);
    this.now = parts.now;
  }

  version(now = performance.now()): number | undefined {
    return this.#parts.freshness.current(now);
  }

  append(events: readonly NewEvent[]): Promise<Appended> {
    return this.#write("store events", async () => {
      const received = Math.floor(this.now());
      await this.#parts.partitions.require(received);
      const stored = await this.#ask<number>(
        "SELECT append_events($1::text::json, $2::bigint)::text",
        toBatch(events),
        received,
      );
      return { stored, duplicates: events.length - stored };
    });
  }

  position(stream: string): Promise<number | undefined> {
    return this.#attempt("read a position", async () => {
      const position = await this.#ask<number | null>(
        "SELECT (SELECT position FROM streams WHERE name = $1)::text",
        stream,
      );
      return position ?? undefined;
    });
  }

  appendStream({ stream, from, messages }: StreamPart): Promise<Appended | undefined> {
    return this.#write("store events", async () => {
      const received = Math.floor(this.now());
      await this.#parts.partitions.require(received);
      const events = messages.flatMap(({ event }) => event ?? []);
      const stored = await this.#ask<number | null>(
        "SELECT append_stream($1::text::json, $2::bigint, $3, $4::bigint, $5::bigint)::text",
        toBatch(events),
        received,
        stream,
        from ?? null,
        messages[messages.length - 1].position + 1,
      );
      return stored === null ? undefined : { stored, duplicates: events.length - stored };
    });
  }

  async userState(userId: string): Promise<UserState> {
    const state = await this.#attempt("read a user's events", () => this.#users.read(userId));
    if (state.forgottenAt !== undefined) this.#forgotten.set(userId, state.forgottenAt);
    return state;
  }

  eventsOf(userId: string): Promise<StoredEvent[]> {
    return this.#attempt("read a user's events", async () => {
      const rows = await this.#ask<EventRow[]>(
        `SELECT coalesce(json_agg(${eventJson("e")} ORDER BY time, event_id), '[]')::text ` +
          "FROM events e WHERE user_id = $1 AND received >= $2::bigint",
        userId,
        this.#oldest(),
      );
      return rows.map((row) => toEvent(userId, row));
    });
  }

  usersAfter({ after, limit = 1000 }: { after?: string; limit?: number } = {}): Promise<string[]> {
    return this.#attempt("read users", () =>
      this.#ask<string[]>(
        "SELECT coalesce(json_agg(user_id ORDER BY user_id), '[]')::text FROM (SELECT user_id " +
          `FROM users ${after === undefined ? "" : "WHERE user_id > $2"} ORDER BY user_id ` +
          "LIMIT $1::int) u",
        limit,
        ...(after === undefined ? [] : [after]),
      ));
  }

  async *events({ since = 0 } = {}): AsyncGenerator<StoredEvent> {
    const from = Math.max(Math.ceil(since), this.#oldest());
    let after: Place | undefined;
    while (true) {
      const page = await this.#attempt("read events", () => this.#page(from, after));
      for (const [userId, ...row] of page) yield toEvent(userId, row);
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      after = [last[0], last[1], last[2]];
    }
  }

  #page(from: number, after: Place | undefined) {
    const isLater = after ? "AND (user_id, time, event_id) > ($2, $3::bigint, $4)" : "";
    return this.#ask<(readonly [userId: string, ...row: EventRow])[]>(
      "SELECT coalesce(json_agg(json_build_array(user_id, time, event_id, received, product_id, " +
        `type, session, price, days, list_id)), '[]')::text FROM (SELECT * FROM events ` +
        `WHERE received >= $1::bigint ${isLater} ORDER BY user_id, time, event_id LIMIT ${PAGE}) e`,
      from,
      ...(after ?? []),
    );
  }

  merge({ from, to }: MergeRequest): Promise<MergeOutcome> {
    return this.#write("merge users", () =>
      this.#ask<MergeOutcome>(
        "SELECT merge_users($1, $2, $3::bigint)::text",
        from,
        to,
        Math.floor(this.now()),
      ));
  }

  forget(userId: string): Promise<number> {
    return this.#write("forget a user", async () => {
      const now = Math.floor(this.now());
      this.#forgotten.set(userId, now);
      return await this.#ask<number>("SELECT forget_user($1, $2::bigint)::text", userId, now);
    });
  }

  forgottenUsers(): Promise<ReadonlyMap<string, number>> {
    return this.#attempt("read forgotten users", async () => {
      const users = await this.#ask<[string, number][]>(
        "SELECT coalesce(json_agg(json_build_array(user_id, forgotten_at)), '[]')::text " +
          "FROM users WHERE forgotten_at IS NOT NULL",
      );
      for (const [userId, when] of users) this.#forgotten.set(userId, when);
      return new Map(users);
    });
  }

  knownForgotten(userId: string): number | undefined {
    return this.#forgotten.get(userId);
  }

  changeProduct(productId: string, change: ProductChange): Promise<void> {
    return this.changeProducts(new Map([[productId, change]]));
  }

  changeProducts(changes: ReadonlyMap<string, ProductChange>): Promise<void> {
    return this.#write("change products", async () => {
      await this.#ask(
        "SELECT count(change_product(e ->> 0, e -> 1))::text " +
          "FROM json_array_elements($1::text::json) e",
        [...changes],
      );
    });
  }

  productChanges(since = 0): Promise<ProductChanges> {
    return this.#attempt("read products", async () => {
      const { sequence, products } = await this.#ask<
        { sequence: number; products: [string, ProductChange][] }
      >(
        "SELECT json_build_object('sequence', c.sequence, 'products', (" +
          "SELECT coalesce(json_agg(json_build_array(product_id, facts) ORDER BY product_id), " +
          "'[]') FROM products WHERE sequence > " +
          "CASE WHEN $1::bigint <= c.sequence THEN $1::bigint ELSE 0 END))::text FROM catalogue c",
        since,
      );
      return { sequence, products: new Map(products) };
    });
  }

  rules(): Promise<ShopRules> {
    return this.#attempt("read rules", () => this.#named<ShopRule>("rule"));
  }

  changeRule(name: string, rule: ShopRule | undefined): Promise<void> {
    return this.#write("change a rule", () => this.#changeNamed("rule", name, rule));
  }

  experiments(): Promise<Experiments> {
    return this.#attempt("read experiments", () => this.#named<Experiment>("experiment"));
  }

  changeExperiment(name: string, experiment: Experiment | undefined): Promise<void> {
    return this.#write(
      "change an experiment",
      () => this.#changeNamed("experiment", name, experiment),
    );
  }

  async #named<Value>(kind: "rule" | "experiment"): Promise<ReadonlyMap<string, Value>> {
    return new Map(
      await this.#ask<[string, Value][]>(
        `SELECT coalesce(json_agg(json_build_array(name, ${kind}) ORDER BY name), '[]')::text ` +
          `FROM ${kind}s`,
      ),
    );
  }

  async #changeNamed(
    kind: "rule" | "experiment",
    name: string,
    value: ShopRule | Experiment | undefined,
  ): Promise<void> {
    await this.#ask(
      `SELECT change_${kind}($1, nullif($2, '')::json)::text`,
      name,
      value ? JSON.stringify(value) : "",
    );
  }

  recordExposures(exposures: readonly Exposure[]): Promise<Appended> {
    return this.#write("record what users were shown", async () => {
      const lists = joined(exposures);
      const added = await this.#ask<number>(
        "SELECT record_exposures($1::text::json, $2::bigint)::text",
        lists.map(toExposureRow),
        Math.floor(this.now()),
      );
      const stored = added + (added < lists.length ? await this.#extendExposures(lists) : 0);
      return { stored, duplicates: exposures.length - stored };
    });
  }

  /** Adds to stored lists what was seen of them later; returns to how many. */
  async #extendExposures(lists: readonly Exposure[]): Promise<number> {
    let extended = 0;
    // Again if somebody else has changed a list meanwhile.
    while (true) {
      const rows = await this.#ask<[userId: string, listId: string, shown: string][]>(
        "SELECT coalesce(json_agg(json_build_array(user_id, list_id, e.shown::text)), '[]')" +
          "::text FROM exposures e JOIN json_to_recordset($1::text::json) " +
          "AS sent (user_id text, list_id text) USING (user_id, list_id)",
        lists.map(({ userId, listId }) => ({ user_id: userId, list_id: listId })),
      );
      const stored = new Map(
        rows.map(([userId, listId, shown]) => [JSON.stringify([userId, listId]), shown]),
      );
      const longer = lists.flatMap((sent) => {
        const before = stored.get(JSON.stringify([sent.userId, sent.listId]));
        if (before === undefined) return [];
        const value = { ...JSON.parse(before), received: 0 };
        const list = withLater<Exposure>(fromValue(sent.userId, sent.listId, value), sent);
        return list ? [{ ...toExposureRow(list), before }] : [];
      });
      if (longer.length === 0) return extended;
      extended += await this.#ask<number>(
        "WITH longer AS (SELECT * FROM json_to_recordset($1::text::json) AS e (user_id text, " +
          "list_id text, before text, shown json)), changed AS (UPDATE exposures e " +
          "SET shown = l.shown FROM longer l WHERE e.user_id = l.user_id AND " +
          "e.list_id = l.list_id AND e.shown::text = l.before RETURNING 1) " +
          "SELECT count(*)::text FROM changed",
        longer,
      );
    }
  }

  async *exposures(): AsyncGenerator<StoredExposure> {
    let after: readonly [userId: string, listId: string] = ["", ""];
    while (true) {
      const page = await this.#attempt("read what users were shown", () =>
        this.#ask<ExposureRow[]>(
          "SELECT coalesce(json_agg(json_build_array(user_id, list_id, received, shown)), '[]')" +
            "::text FROM (SELECT * FROM exposures WHERE received >= $1::bigint AND " +
            `(user_id, list_id) > ($2, $3) ORDER BY user_id, list_id LIMIT ${PAGE}) e`,
          this.#oldest(),
          ...after,
        ));
      for (const [userId, listId, received, shown] of page) {
        yield fromValue(userId, listId, { ...shown, received });
      }
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      after = [last[0], last[1]];
    }
  }

  listKey(): Promise<string> {
    return this.#write("read the key of lists", () => this.#ask("SELECT list_key()::text"));
  }

  catalogueSequence(): Promise<number> {
    return this.#attempt(
      "read products",
      () => this.#ask<number>("SELECT sequence::text FROM catalogue"),
    );
  }

  tallies(day: number): Promise<Tally[]> {
    return this.#attempt("read daily counts", () =>
      this.#ask<Tally[]>(
        `${TALLIES} FROM (SELECT product_id, type, sum(count) AS count FROM tallies ` +
          "WHERE day = $1::int GROUP BY 1, 2 HAVING sum(count) > 0) t",
        day,
      ));
  }

  counts({ from, to }: { readonly from: number; readonly to: number }): Promise<Tally[]> {
    return this.#attempt("read counts", () =>
      this.#ask<Tally[]>(
        `${TALLIES} FROM (SELECT product_id, type, count(*) AS count FROM events WHERE ` +
          "time >= $1::bigint AND time < $2::bigint AND received >= $3::bigint GROUP BY 1, 2) t",
        1000 * from,
        1000 * to,
        this.#counted(),
      ));
  }

  latestSecond(): Promise<number | undefined> {
    return this.#attempt("read counts", async () => {
      const latest = await this.#ask<number | null>(
        "SELECT max(time)::text FROM events WHERE time <= $1::bigint AND received >= $2::bigint",
        1000 * Math.floor(this.now() / 1000) + 999,
        this.#counted(),
      );
      return latest === null ? undefined : Math.floor(latest / 1000);
    });
  }

  shownTo(userId: string): Promise<readonly Impression[]> {
    return this.#attempt("read what a user was shown", () =>
      this.#ask<Impression[]>(
        "SELECT coalesce(json_agg(json_build_array(product_id, shown) ORDER BY id), '[]')::text " +
          "FROM (SELECT * FROM impressions WHERE user_id = $1 AND shown >= $2::bigint " +
          `ORDER BY id DESC LIMIT ${MAX_IMPRESSIONS}) i`,
        userId,
        Math.ceil(this.now() - MS_PER_DAY),
      ));
  }

  recordShown(userId: string, productIds: readonly string[]): Promise<void> {
    return this.#write("record what a user was shown", async () => {
      await this.#ask(
        "INSERT INTO impressions (user_id, product_id, shown) SELECT $1, value, $3::bigint " +
          "FROM json_array_elements_text($2::text::json) WITH ORDINALITY ORDER BY ordinality",
        userId,
        productIds,
        Math.floor(this.now()),
      );
    });
  }

  check(): Promise<void> {
    return this.#attempt("write to the store of events", async () => {
      await this.#ask("UPDATE upkeep SET is_vacuum_due = is_vacuum_due");
    });
  }

  #oldest(): number {
    return Math.floor(this.#parts.retention.oldest());
  }

  /** Events received before then don't count. */
  #counted(): number {
    return Math.max(this.#oldest(), Math.floor(this.now()) - TALLY_DAYS * MS_PER_DAY);
  }

  #ask<T>(statement: string, ...parameters: readonly Parameter[]): Promise<T> {
    return this.#parts.connections.ask<T>(statement, ...parameters);
  }

  #attempt<T>(attempt: string, run: () => Promise<T>): Promise<T> {
    return attemptOnStore(`${attempt} in ${this.#parts.connections.name}`, run);
  }

  /** Runs a write; one that fails may have been stored, so that it counts as one as well. */
  async #write<T>(attempt: string, run: () => Promise<T>): Promise<T> {
    const result = await this.#attempt(attempt, run);
    await this.#parts.freshness.wrote();
    return result;
  }

  [Symbol.dispose](): void {
    this.#parts.upkeep[Symbol.dispose]();
    this.#parts.freshness[Symbol.dispose]();
    this.#parts.watching[Symbol.dispose]();
    this.#parts.connections[Symbol.dispose]();
  }
}
