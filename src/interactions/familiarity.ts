import { sum } from "../base/statistics.ts";
import type { Interactions } from "./interactions.ts";
import type { Familiarity } from "./statistics.ts";

/** Counts the users who know each item, in time linear in the events. */
export function familiarityOf({ itemIds, indptr, items }: Interactions): Familiarity {
  const usersOfItem = new Uint32Array(itemIds.size);
  // The latest user of each item, as the number + 1.
  const latest = new Uint32Array(itemIds.size);
  let activeUsers = 0;
  for (let user = 0; user + 1 < indptr.length; user++) {
    if (indptr[user + 1] > indptr[user]) activeUsers++;
    for (let p = indptr[user]; p < indptr[user + 1]; p++) {
      if (latest[items[p]] === user + 1) continue;
      latest[items[p]] = user + 1;
      usersOfItem[items[p]]++;
    }
  }
  return { usersOfItem, activeUsers };
}

/** The share of the pairs of an active user and a known item that have an event. */
export function densityOf({ usersOfItem, activeUsers }: Familiarity): number {
  const items = usersOfItem.reduce((count, users) => count + Math.sign(users), 0);
  return sum(usersOfItem) / (activeUsers * items);
}
