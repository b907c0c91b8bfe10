import type { IdMap } from "../interactions/id_map.ts";
import type { EventStore } from "../service/store/event_store.ts";
import { storedUsers } from "../service/store/stored_users.ts";

/**
 * Everybody who may get a list: the artifact's users, then those of whom only the store knows, by
 * id.
 *
 * @throws {StoreError} If the store fails.
 */
export async function everybody(
  userIds: IdMap,
  store: Pick<EventStore, "usersAfter" | "userState"> | undefined,
): Promise<string[]> {
  const users = Array.from({ length: userIds.size }, (_, user) => userIds.idAt(user));
  if (!store) return users;
  const isOmitted = (userId: string) => userIds.indexOf(userId) >= 0;
  for await (const { userId } of storedUsers(store, { isOmitted })) users.push(userId);
  return users;
}
