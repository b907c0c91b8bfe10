import { MS_PER_DAY } from "../../../base/time.ts";
import { deletePrefix } from "./delete_prefix.ts";
import { dayOf, keys } from "./keys.ts";
import type { StoredEventType } from "./stored_event.ts";

/** How many days of tallies are kept. */
export const TALLY_DAYS = 90;

/** How many events of one type a product had on one day. */
export interface Tally {
  readonly productId: string;
  readonly type: StoredEventType;
  readonly count: number;
}

/** Reads the tallies of a day (whole days since 1970-01-01 UTC). */
export async function readTallies(kv: Deno.Kv, day: number): Promise<Tally[]> {
  return await Array.fromAsync(
    kv.list<Deno.KvU64>({ prefix: keys.tallyDay(day) }, { batchSize: 1000 }),
    ({ key: [, , productId, type], value }) => ({
      productId: String(productId),
      type: type as StoredEventType,
      count: Number(value),
    }),
  );
}

/** An event as it is counted, without its user. */
export type RecentEvent = Pick<Tally, "productId" | "type"> & {
  /** Seconds since 1970-01-01 UTC. */
  readonly second: number;
};

/** How long {@linkcode recordRecent} keeps an event, in milliseconds. */
const RECENT_EXPIRES_IN = TALLY_DAYS * MS_PER_DAY;

/**
 * Adds events to a transaction, to be counted by {@linkcode readCounts}.
 *
 * @param expireIn How long the events themselves are kept, if it is shorter: milliseconds.
 */
export function recordRecent(
  transaction: Deno.AtomicOperation,
  events: readonly RecentEvent[],
  expireIn = Infinity,
): void {
  const batch = crypto.getRandomValues(new Uint8Array(8));
  events.forEach(({ second, productId, type }, n) => {
    transaction.set(keys.recent(second, batch, n), [productId, type], {
      expireIn: Math.min(RECENT_EXPIRES_IN, expireIn),
    });
  });
}

/** Counts the events from one second up to another, which doesn't belong to them. */
export async function readCounts(
  kv: Deno.Kv,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Tally[]> {
  const counts = new Map<string, Tally>();
  const range = { start: keys.recentFrom(from), end: keys.recentFrom(to) };
  for await (const { value } of kv.list<RecentValue>(range, { batchSize: 1000 })) {
    const [productId, type] = value;
    const key = `${type} ${productId}`;
    counts.set(key, { productId, type, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}

/** The second of the latest event up to a limit; undefined if none arrived within 90 days. */
export async function readLatest(kv: Deno.Kv, limit: number): Promise<number | undefined> {
  const range = { start: keys.recentFrom(0), end: keys.recentFrom(limit + 1) };
  const [latest] = await Array.fromAsync(
    kv.list(range, { limit: 1, reverse: true }),
    ({ key }) => Number(key[1]),
  );
  return latest;
}

type RecentValue = readonly [productId: string, type: StoredEventType];

/** Deletes tallies older than {@linkcode TALLY_DAYS}. */
export async function deleteOldTallies(kv: Deno.Kv, now: number): Promise<void> {
  const end = keys.tallyDay(Math.max(0, dayOf(now) - TALLY_DAYS));
  const days = new Set<number>();
  const range = { start: keys.tallyDay(0), end };
  for await (const { key } of kv.list(range, { batchSize: 1000 })) days.add(Number(key[1]));
  for (const day of days) await deletePrefix(kv, keys.tallyDay(day));
}
