import type { Interactions } from "../../interactions/interactions.ts";

/** Whoever did more than this is hardly a person. */
const MOST_EVENTS = 100;

/**
 * A real user to try the service with: the one with the longest history of up to 100 events, or the shortest
 * where all are longer. The first of several alike.
 */
export function exampleUser({ userIds, indptr }: Pick<Interactions, "userIds" | "indptr">): string {
  let best = 0, bestRank = -Infinity;
  for (let user = 0; user < userIds.size; user++) {
    const events = indptr[user + 1] - indptr[user];
    const rank = events <= MOST_EVENTS ? events : -events;
    if (rank > bestRank) [best, bestRank] = [user, rank];
  }
  return userIds.idAt(best);
}
