import type { Exposure } from "../../experiments/exposures/exposure.ts";
import type { Appended } from "./entries/append_events.ts";
import type { StreamPart } from "./entries/append_stream.ts";
import type { Impression } from "./entries/impressions.ts";
import type { ProductChanges } from "./entries/product_changes.ts";
import type { MergeOutcome, MergeRequest } from "./entries/merge_users.ts";
import type {
  NewEvent,
  ProductChange,
  StoredEvent,
  StoredExposure,
} from "./entries/stored_event.ts";
import type { Experiment, Experiments, ShopRule, ShopRules } from "./entries/shop_rules.ts";
import type { Tally } from "./entries/tallies.ts";
import type { UserState } from "./entries/user_states.ts";

/**
 * What the service received: events, what the shop says of products, and which users to forget. A
 * contract suite (`tests/service/store/contract.ts`) holds for every store. Whatever one process
 * has acknowledged, every process that shares the store reads. All methods but `version` and
 * `knownForgotten` throw {@linkcode StoreError} if the store fails.
 */
export interface EventStore extends Disposable {
  /** The clock, in milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;

  /**
   * A number that changes after every write of any process: while it is the same, so is everything
   * else that the store returns, except events that expire. A write changes it in every process by
   * the time that it resolves. Undefined for a store on another machine, whose writes can't be
   * watched.
   *
   * @param now The time on the clock of `performance.now`, if it is known already.
   */
  version(now?: number): number | undefined;

  /** Stores events durably; skips those whose ids are already stored. */
  append(events: readonly NewEvent[]): Promise<Appended>;

  /** Up to which position a stream of events has been stored; undefined if nothing has. */
  position(stream: string): Promise<number | undefined>;

  /**
   * Stores the events of a part of a stream together with its position: if anything fails, reading
   * on from the position stores every event once.
   *
   * @returns Undefined if the position isn't the part's any more, because somebody else stores the
   *   stream.
   */
  appendStream(part: StreamPart): Promise<Appended | undefined>;

  /** The current state of a user. */
  userState(userId: string): Promise<UserState>;

  /** All events of a user, oldest first. */
  eventsOf(userId: string): Promise<StoredEvent[]>;

  /**
   * The next users of whom something was stored, in the order of their ids; their events may have
   * expired or been deleted since.
   *
   * @param options `after`: only users after this one. Default from the first. `limit`: the most.
   *   Default 1,000.
   */
  usersAfter(options?: { after?: string; limit?: number }): Promise<string[]>;

  /**
   * All events, sorted by user, then by time.
   *
   * @param since Only events received then or later; milliseconds since 1970-01-01 UTC. Default
   *   all.
   */
  events(options?: { since?: number }): AsyncGenerator<StoredEvent>;

  /**
   * Makes all events of one user so far another's, as at a login: stored ones move, and those in
   * artifacts belong to the other user from now on. If it fails, merging again completes it; if it
   * is done again later, it moves what has come since.
   *
   * @returns How many events moved, or which earlier merge forbids this one.
   */
  merge(request: MergeRequest): Promise<MergeOutcome>;

  /**
   * Forgets a user, with those merged into them: deletes their events, from counts too, and from
   * the file after an hour; records that earlier ones in artifacts must not be used. Of a user who
   * was merged into another, the events that moved are deleted.
   *
   * @returns How many events were deleted.
   */
  forget(userId: string): Promise<number>;

  /** The users who were forgotten, and when: milliseconds since 1970-01-01 UTC. */
  forgottenUsers(): Promise<ReadonlyMap<string, number>>;

  /**
   * When a user was forgotten, as far as this process knows without reading the store: a failing
   * store must not bring forgotten users back. Milliseconds since 1970-01-01 UTC.
   */
  knownForgotten(userId: string): number | undefined;

  /** Merges a change into what the shop has said of a product before. */
  changeProduct(productId: string, change: ProductChange): Promise<void>;

  /**
   * The same for several products, by product id. If it fails, any of them may have been changed;
   * changing them again does no harm.
   */
  changeProducts(changes: ReadonlyMap<string, ProductChange>): Promise<void>;

  /** What the shop has said of products after the change number `since`; 0 returns everything. */
  productChanges(since?: number): Promise<ProductChanges>;

  /** How many changes of products, rules and experiments there have been. */
  catalogueSequence(): Promise<number>;

  /** The shop's rules by name, in the order of their names. */
  rules(): Promise<ShopRules>;

  /** Sets a rule, or deletes it if it is undefined; counts as a change of the catalogue. */
  changeRule(name: string, rule: ShopRule | undefined): Promise<void>;

  /** The experiments that the shop put, in the order of their names. */
  experiments(): Promise<Experiments>;

  /** Sets an experiment, or deletes it if it is undefined; counts as a change of the catalogue. */
  changeExperiment(name: string, experiment: Experiment | undefined): Promise<void>;

  /**
   * Stores lists that users were shown. Of a user's list, further products at further places are
   * added to what is stored, up to a hundred; all else that is sent of it later is a duplicate. It
   * is no event, so the user's lists stay as they are.
   *
   * @returns How many lists are new or have more products now.
   */
  recordExposures(exposures: readonly Exposure[]): Promise<Appended>;

  /** All lists that users were shown, sorted by user, in the order of {@linkcode events}. */
  exposures(): AsyncGenerator<StoredExposure>;

  /** The secret that signs ids of lists, the same for all who share the store. */
  listKey(): Promise<string>;

  /** How many events of each type each product had on a day (whole days since 1970-01-01 UTC). */
  tallies(day: number): Promise<Tally[]>;

  /**
   * How many events of each type each product had from one second up to another, which doesn't
   * belong to them; since 1970-01-01 UTC. Counts what arrived within the last 90 days.
   */
  counts(span: { readonly from: number; readonly to: number }): Promise<Tally[]>;

  /**
   * The second of the latest event that arrived within the last 90 days and happened up to now;
   * undefined if there is none.
   */
  latestSecond(): Promise<number | undefined>;

  /** The products a user was shown within the last day, newest last. */
  shownTo(userId: string): Promise<readonly Impression[]>;

  /** Records for a day that a user was shown these products. */
  recordShown(userId: string, productIds: readonly string[]): Promise<void>;

  /** Checks that the store can be read and written, at a cost that lets anyone ask. */
  check(): Promise<void>;
}
