import type { IdMap } from "../interactions/id_map.ts";
import type { EventStore } from "../service/store/event_store.ts";

/**
 * Everybody who may get a list: the artifact's users, then those of whom only the store knows, in
 * the order of their first stored event.
 */
export async function everybody(
  userIds: IdMap,
  store: Pick<EventStore, "events"> | undefined,
): Promise<string[]> {
  const known = new Set(Array.from({ length: userIds.size }, (_, user) => userIds.idAt(user)));
  if (store) { for await (const { userId } of store.events()) known.add(userId); }
  return [...known];
}
