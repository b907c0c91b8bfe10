import type { Histories } from "../histories/histories.ts";
import type { EventStore } from "../service/store/event_store.ts";
import { storedUsers } from "../service/store/stored_users.ts";
import type { BatchPart } from "./messages.ts";

/** How many users a part has: about a second of work. */
const PART_SIZE = 2000;

/** Some users in parts, in their order. */
export function partsOf(userIds: readonly string[], size = PART_SIZE): BatchPart[] {
  return Array.from({ length: Math.ceil(userIds.length / size) }, (_, part) => ({
    userIds: userIds.slice(part * size, (part + 1) * size),
  }));
}

/**
 * Everybody who may get a list, in parts: the artifact's users, wherever their histories are, then
 * those of whom only the store knows, by id.
 *
 * @throws {StoreError} If the store fails.
 * @throws {HistoriesError} If histories are apart from the artifact and can't be read.
 */
export async function everybody(
  histories: Histories,
  store: Pick<EventStore, "usersAfter" | "userState"> | undefined,
  size = PART_SIZE,
): Promise<BatchPart[]> {
  const known = histories.parts(size).map((walk) => ({ walk }));
  if (!store) return known;
  const others: string[] = [];
  const isOmitted = async (userId: string) => await histories.of(userId) !== undefined;
  for await (const { userId } of storedUsers(store, { isOmitted })) others.push(userId);
  return [...known, ...partsOf(others, size)];
}
