import { IdMap } from "../../src/interactions/id_map.ts";
import { groupByUser, type Interactions } from "../../src/interactions/interactions.ts";

/** An event as a tuple; users and items are numbered from 0, times are seconds. */
export type HandEvent = readonly [user: number, item: number, weight: number, time: number];

/** Interactions of events in chronological order; the ids are `u0`, `u1`, … and `i0`, `i1`, … */
export function interactionsOf(
  events: readonly HandEvent[],
  {
    users = 1 + Math.max(-1, ...events.map(([user]) => user)),
    items = 1 + Math.max(-1, ...events.map(([, item]) => item)),
  } = {},
): Interactions {
  return groupByUser({
    userIds: IdMap.from(Array.from({ length: users }, (_, user) => `u${user}`)),
    itemIds: IdMap.from(Array.from({ length: items }, (_, item) => `i${item}`)),
    users: Uint32Array.from(events, ([user]) => user),
    items: Uint32Array.from(events, ([, item]) => item),
    weights: Float32Array.from(events, ([, , weight]) => weight),
    times: Uint32Array.from(events, ([, , , time]) => time),
  });
}
