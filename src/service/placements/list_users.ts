import { sleep } from "../../base/time.ts";
import type { History } from "../../interactions/history.ts";
import type { Shop } from "../recommend/shop.ts";
import { storedUsers } from "../store/stored_users.ts";
import type { SegmentDefinition } from "./definition/schema.ts";
import { isInSegment, segmentContext } from "./segments/is_in_segment.ts";

/** A user, and how many events the artifact and the store have of them. */
export interface ListedUser {
  readonly userId: string;
  readonly events: number;
}

/** Some users, and the cursor of the next ones; absent if these are the last. */
export interface UsersPage {
  readonly users: readonly ListedUser[];
  readonly next?: string;
}

/** Which users {@linkcode listUsers} lists. */
export interface ListUsersOptions {
  /** `0`, or `next` of the page before. */
  readonly from: string;
  /** The most users. */
  readonly limit: number;
  /** After how many milliseconds a page ends, full or not. */
  readonly limitMs: number;
  /** Only users who meet its conditions. Default all. */
  readonly segment?: SegmentDefinition;
}

/** Cursors of users whom only the store knows are this and an id, those of others are places. */
const STORED = "~";

/** How many users are looked at before other requests have their turn. */
const CHUNK = 500;

/**
 * A page of all users who weren't forgotten: the artifact's, by number or in the order of their
 * shards, then those of whom only the store knows, by id. Segments are decided, and events counted,
 * with the stored events.
 *
 * @throws {StoreError} If the store fails.
 * @throws {HistoriesError} If histories are apart from the artifact and can't be read.
 */
export async function listUsers(
  shop: Shop,
  { from, limit, limitMs, segment }: ListUsersOptions,
): Promise<UsersPage> {
  const ends = performance.now() + limitMs;
  const context = segmentContext(shop);
  const users: ListedUser[] = [];
  let looked = 0;
  for await (const { userId, history, next } of allUsers(shop, from)) {
    if (!segment || isInSegment(history, segment, context)) {
      users.push({ userId, events: history.items.length });
    }
    if (users.length >= limit) return { users, next };
    if (++looked % CHUNK > 0) continue;
    if (performance.now() > ends) return { users, next };
    await sleep(0);
  }
  return { users };
}

interface User {
  readonly userId: string;
  readonly history: History;
  readonly next: string;
}

async function* allUsers(shop: Shop, from: string): AsyncGenerator<User> {
  const { store, artifact: { interactions: { histories } } } = shop;
  const isStored = from.startsWith(STORED);
  if (!isStored) {
    for await (const { userId, history: trained, next } of histories.walk({ from: Number(from) })) {
      const state = await store?.userState(userId);
      // Others' histories count, too, once they are merged into this one.
      const history = state?.merges?.absorbed.length
        ? await shop.historyOf(userId, state)
        : shop.withStored(userId, trained, state);
      const isForgotten = state?.forgottenAt !== undefined && history.items.length === 0;
      if (!isForgotten) yield { userId, history, next: String(next) };
    }
  }
  if (!store) return;
  const after = isStored ? from.slice(STORED.length) : undefined;
  const isOmitted = async (userId: string) => await histories.of(userId) !== undefined;
  for await (const { userId, state } of storedUsers(store, { after, isOmitted })) {
    yield { userId, history: await shop.historyOf(userId, state), next: STORED + userId };
  }
}
