import type { Csr } from "../linalg/sparse/csr.ts";
import { groupStarts } from "../linalg/sparse/group_positions.ts";
import type { Catalogue } from "./catalogue.ts";
import type { RatingMode } from "./event_weights.ts";
import { type History, profileGatherer, sliceHistory } from "./history.ts";
import type { IdMap } from "./id_map.ts";
import { createPlacer } from "./place_by_user.ts";
import type { Statistics } from "./statistics.ts";

/**
 * The events of all users: those of user `u` are at `indptr[u]` up to `indptr[u + 1]`, oldest
 * first.
 */
export interface Interactions {
  readonly userIds: IdMap;
  readonly itemIds: IdMap;
  /** The start of each user's events; users + 1 entries. */
  readonly indptr: Uint32Array;
  /** Item numbers. */
  readonly items: Uint32Array;
  /** Implicit ratings: 1 view, 2 cart, 4 purchase. */
  readonly weights: Float32Array;
  /** Seconds since 1970-01-01 UTC. */
  readonly times: Uint32Array;
  /** The session of each event, numbered over all users; absent if the data has none. */
  readonly sessions?: Uint32Array;
  /** Absent if only the ids of the products are known. */
  readonly catalogue?: Catalogue;
  /**
   * Sums over the events of more users than these, who are a sample then. Absent if these are all;
   * `statisticsOf()` makes them.
   */
  readonly statistics?: Statistics;
}

/** Interactions with a product catalogue. */
export type ShopInteractions = Interactions & { readonly catalogue: Catalogue };

/** Events as parallel arrays, not yet grouped by user. */
export interface EventColumns {
  readonly userIds: IdMap;
  readonly itemIds: IdMap;
  readonly users: Uint32Array;
  readonly items: Uint32Array;
  readonly weights: Float32Array;
  readonly times: Uint32Array;
  readonly sessions?: Uint32Array;
  readonly catalogue?: Catalogue;
}

/**
 * Groups events by user, in time linear in their number. A user's events keep their order.
 *
 * @param events Each user's events in chronological order.
 * @throws {RangeError} If the columns differ in length, a user has no id, or a user's events aren't
 * in chronological order.
 */
export function groupByUser(events: EventColumns): Interactions {
  const { userIds, itemIds, users, sessions, catalogue } = events;
  checkLengths(events);
  const indptr = groupStarts(users, userIds.size);
  if (indptr[userIds.size] !== users.length) {
    throw new RangeError(
      `Cannot group events: users must be below ${userIds.size}, got ${
        users.find((user) => user >= userIds.size)
      }`,
    );
  }

  const placer = createPlacer({ indptr, userIds }, sessions && new Uint32Array(users.length));
  placer.add(events);
  const { items, weights, times } = placer;
  return {
    ...{ userIds, itemIds, indptr, items, weights, times },
    ...(placer.sessions && { sessions: placer.sessions }),
    ...(catalogue && { catalogue }),
  };
}

function checkLengths({ users, items, weights, times, sessions }: EventColumns): void {
  for (const [name, column] of Object.entries({ items, weights, times, sessions })) {
    if (column && column.length !== users.length) {
      throw new RangeError(
        `Cannot group events: column ${name} must be as long as users, ${users.length}, ` +
          `got ${column.length}`,
      );
    }
  }
}

/** The history of one user, as views. */
export function historyOf(interactions: Interactions, user: number): History {
  return sliceHistory(interactions, interactions.indptr[user], interactions.indptr[user + 1]);
}

/**
 * The matrix of ratings, users × items, with one entry per pair that occurs.
 *
 * @param rating How several events of a pair are combined into a rating.
 */
export function ratingMatrix(interactions: Interactions, rating: RatingMode = "max"): Csr {
  const rows = interactions.userIds.size;
  const columns = interactions.itemIds.size;
  const indptr = new Uint32Array(rows + 1);
  const ratings = {
    items: new Uint32Array(interactions.items.length),
    ratings: new Float32Array(interactions.items.length),
  };
  const gather = profileGatherer(interactions, columns, rating, longestRow(interactions));
  for (let user = 0; user < rows; user++) {
    const span = { start: interactions.indptr[user], end: interactions.indptr[user + 1] };
    indptr[user + 1] = indptr[user] + gather(span, ratings, indptr[user]);
  }
  const end = indptr[rows];
  return {
    rows,
    columns,
    indptr,
    indices: ratings.items.slice(0, end),
    values: ratings.ratings.slice(0, end),
  };
}

function longestRow({ indptr }: Interactions): number {
  let longest = 0;
  for (let user = 1; user < indptr.length; user++) {
    longest = Math.max(longest, indptr[user] - indptr[user - 1]);
  }
  return longest;
}

/**
 * The events of a period; users and items keep their numbers.
 *
 * @param span From `from` (inclusive) to `to` (exclusive), in seconds since 1970-01-01 UTC.
 */
export function sliceByTime(
  interactions: Interactions,
  { from = 0, to = Infinity }: { from?: number; to?: number },
): Interactions {
  const { times, statistics } = interactions;
  const kept = keepEvents(interactions, (p) => times[p] >= from && times[p] < to);
  return { ...kept, ...(statistics && { statistics: statistics.within({ from, to }) }) };
}

/**
 * A subset of the events; users and items keep their numbers. It has no sums of other users.
 *
 * @param keep Whether to keep the event at a position; called once per event, in order.
 */
export function keepEvents(
  interactions: Interactions,
  keep: (position: number) => boolean,
): Interactions {
  const { statistics: _, ...own } = interactions;
  const { userIds, times } = own;
  const indptr = new Uint32Array(userIds.size + 1);
  const kept = new Uint32Array(times.length);
  let end = 0;
  for (let user = 0; user < userIds.size; user++) {
    for (let p = interactions.indptr[user]; p < interactions.indptr[user + 1]; p++) {
      if (keep(p)) kept[end++] = p;
    }
    indptr[user + 1] = end;
  }
  const positions = kept.subarray(0, end);
  return {
    ...own,
    indptr,
    items: pick(interactions.items, positions, new Uint32Array(end)),
    weights: pick(interactions.weights, positions, new Float32Array(end)),
    times: pick(times, positions, new Uint32Array(end)),
    ...(interactions.sessions && {
      sessions: pick(interactions.sessions, positions, new Uint32Array(end)),
    }),
  };
}

function pick<Values extends Uint32Array | Float32Array>(
  values: Values,
  positions: Uint32Array,
  into: Values,
): Values {
  for (let i = 0; i < positions.length; i++) into[i] = values[positions[i]];
  return into;
}
