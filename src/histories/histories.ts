import type { History } from "../interactions/history.ts";

/** A user, as {@linkcode Histories.walk} passes by them. */
export interface WalkedUser {
  readonly userId: string;
  readonly history: History;
  /** Where the next user is, to go on from. */
  readonly next: number;
}

/** A part of {@linkcode Histories.walk}. */
export interface Walk {
  /** Where to begin: 0, or `next` of a user. Default 0. */
  readonly from?: number;
  /** Where to end: the place after the last user. Default after the last of all. */
  readonly to?: number;
}

/** From a time on and before another, in seconds since 1970-01-01 UTC. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** When each product had its first event, and when the first of all was. */
export interface FirstEvents {
  /** By item number, in seconds since 1970-01-01 UTC; `Infinity` for products without events. */
  readonly ofItem: Float64Array;
  readonly ofAll: number;
}

/** How often a product had an event of a weight on a day. */
export interface DayCount {
  /** Days since 1970-01-01 UTC. */
  readonly day: number;
  readonly weight: number;
  readonly count: number;
}

/** What everybody did until training, wherever it is. */
export interface Histories {
  /** Number of users. */
  readonly users: number;
  /** Users to try a service with, ids; see {@linkcode ExampleUsers}. */
  readonly examples: readonly string[];
  /** To how many seconds {@linkcode sums} can tell times apart. */
  readonly resolution: number;

  /**
   * The events of a user, oldest first; undefined for one who is unknown.
   *
   * @throws {HistoriesError} If they can't be read.
   */
  of(userId: string): Promise<History | undefined>;

  /**
   * All users, each once, in an order that never changes.
   *
   * @throws {HistoriesError} If they can't be read.
   */
  walk(part?: Walk): AsyncGenerator<WalkedUser>;

  /**
   * The histories of some users who did something, evenly spaced in the order of
   * {@linkcode walk}; fewer if there are fewer such users.
   *
   * @throws {HistoriesError} If they can't be read.
   */
  sample(most: number): Promise<History[]>;

  /** Divides all users into parts of about a size, for {@linkcode walk}. */
  parts(size: number): Required<Walk>[];

  /** The time of the latest event up to a limit, in seconds; `-Infinity` if there is none. */
  latestUntil(limit: number): number;

  /**
   * The summed weights of a period's events, by item number.
   *
   * @param period `from` must be a multiple of {@linkcode resolution}.
   * @param items Number of items.
   */
  sums(period: Period, items: number): Float32Array;

  /** When each product had its first event. */
  firstEvents(items: number): FirstEvents;

  /** The events of a product by day, at least those of its last {@linkcode COUNTED_DAYS}. */
  daysOf(item: number): readonly DayCount[];

  /**
   * Checks that histories can be read.
   *
   * @throws {HistoriesError} If they can't.
   */
  check(): Promise<void>;
}

/** Of how many days before the latest event, and on its own day, counts are kept. */
export const COUNTED_DAYS = 90;
