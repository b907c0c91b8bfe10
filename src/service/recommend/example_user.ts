import type { StoredInteractions } from "../../artifact/load.ts";

/** A user with more events is hardly a person. */
const MAX_EVENTS = 100;

/** All of millions would delay the first answer. */
const MAX_USERS = 10_000;

/**
 * A real user to try the service with: of the first ten thousand, the one with the longest history
 * of at most 100 events or, if all are longer, with the shortest. Ties go to the first user.
 */
export function exampleUser(
  { userIds, histories }: Pick<StoredInteractions, "userIds" | "histories">,
): string {
  let best = 0, bestRank = -Infinity;
  for (let user = 0; user < Math.min(userIds.size, MAX_USERS); user++) {
    const events = histories.lengthOf(user);
    const rank = events <= MAX_EVENTS ? events : -events;
    if (rank > bestRank) [best, bestRank] = [user, rank];
  }
  return userIds.idAt(best);
}
