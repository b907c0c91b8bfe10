import type { IdMap } from "./id_map.ts";

/** Columns of events, equally long; each user's events in chronological order. */
export interface EventsToPlace {
  /** User numbers. */
  readonly users: Uint32Array;
  /** Item numbers. */
  readonly items: Uint32Array;
  readonly weights: Float32Array;
  /** Seconds since 1970-01-01 UTC. */
  readonly times: Uint32Array;
  /** Equal for the events of one session. */
  readonly sessions?: Uint32Array | Float64Array;
}

/** Events by user, as in `Interactions`, as far as they have been added. */
export interface Placer<Keys> {
  readonly items: Uint32Array;
  readonly weights: Float32Array;
  readonly times: Uint32Array;
  readonly sessions: Keys;
  /**
   * Adds events after those that were added before.
   *
   * @throws {RangeError} If a user's events aren't in chronological order.
   */
  add(events: EventsToPlace): void;
}

/**
 * Puts events where their users' events are, so that only the result is in memory, however many
 * times events are added.
 *
 * @param users `indptr`: the start of each user's events; users + 1 entries.
 * @param sessions The array to put sessions into, if there are any.
 */
export function createPlacer<Keys extends Uint32Array | Float64Array | undefined>(
  { indptr, userIds }: { indptr: Uint32Array; userIds: IdMap },
  sessions: Keys,
): Placer<Keys> {
  const size = indptr[userIds.size];
  const next = indptr.slice(0, userIds.size);
  const items = new Uint32Array(size);
  const weights = new Float32Array(size);
  const times = new Uint32Array(size);
  let added = 0;
  return {
    ...{ items, weights, times, sessions },
    add(events) {
      for (let i = 0; i < events.users.length; i++) {
        const user = events.users[i];
        const to = next[user]++;
        items[to] = events.items[i];
        weights[to] = events.weights[i];
        times[to] = events.times[i];
        if (sessions && events.sessions) sessions[to] = events.sessions[i];
        if (to > indptr[user] && times[to] < times[to - 1]) {
          throw new RangeError(
            `Cannot group events: they must be in chronological order, event ${added + i} of ` +
              `user "${userIds.idAt(user)}" is at ${times[to]}, after one at ${times[to - 1]}`,
          );
        }
      }
      added += events.users.length;
    },
  };
}
