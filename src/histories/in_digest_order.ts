import type { Interactions } from "../interactions/interactions.ts";
import { idDigest } from "./id_digest.ts";
import type { HistorySource, UserEvents } from "./write_shards.ts";

/** What of interactions histories are made from. */
type Events = Pick<Interactions, "userIds" | "itemIds" | "indptr" | "items" | "weights" | "times">;

/** How many hexadecimal digits of a digest a number holds exactly. */
const DIGITS = 13;

/**
 * Interactions as a source of shards.
 *
 * @param until Events after this time, in seconds, are in the future: they aren't counted by day.
 */
export function sourceOf(interactions: Events, until: number): HistorySource {
  const { itemIds, weights, times } = interactions;
  let first = Infinity, latest = -Infinity;
  for (const time of times) {
    if (time < first) first = time;
    if (time <= until && time > latest) latest = time;
  }
  return {
    coding: { weights: Float32Array.from(new Set(weights)).sort(), first },
    items: itemIds.size,
    latest,
    users: inDigestOrder(interactions),
  };
}

/** All users, in the order of the digests of their ids. */
function* inDigestOrder(interactions: Events): Generator<UserEvents> {
  const { userIds, indptr } = interactions;
  const keys = Float64Array.from(
    { length: userIds.size },
    (_, user) => parseInt(idDigest(userIds.idAt(user)).slice(0, DIGITS), 16),
  );
  const order = Uint32Array.from(keys, (_, user) => user).sort((a, b) =>
    keys[a] - keys[b] || (idDigest(userIds.idAt(a)) < idDigest(userIds.idAt(b)) ? -1 : 1)
  );
  for (const user of order) {
    const span = { start: indptr[user], end: indptr[user + 1] };
    yield { userId: userIds.idAt(user), events: interactions, span };
  }
}
