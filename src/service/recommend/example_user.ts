import type { StoredInteractions } from "../../artifact/load.ts";

/** A user with more events is hardly a person. */
const MAX_EVENTS = 100;

/**
 * A real user to try the service with: the one with the longest history of at most 100 events or,
 * if all are longer, with the shortest. Ties go to the first user.
 */
export function exampleUser(
  { userIds, histories }: Pick<StoredInteractions, "userIds" | "histories">,
): string {
  let best = 0, bestRank = -Infinity;
  for (let user = 0; user < userIds.size; user++) {
    const events = histories.lengthOf(user);
    const rank = events <= MAX_EVENTS ? events : -events;
    if (rank > bestRank) [best, bestRank] = [user, rank];
  }
  return userIds.idAt(best);
}
