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

/** The latest day with any event; undefined if there are none. */
export async function readLatestDay(kv: Deno.Kv): Promise<number | undefined> {
  const [latest] = await Array.fromAsync(
    kv.list({ prefix: keys.tallies }, { limit: 1, reverse: true }),
    ({ key }) => Number(key[1]),
  );
  return latest;
}

/** Deletes tallies older than {@linkcode TALLY_DAYS}. */
export async function deleteOldTallies(kv: Deno.Kv, now: number): Promise<void> {
  const end = keys.tallyDay(Math.max(0, dayOf(now) - TALLY_DAYS));
  const days = new Set<number>();
  const range = { start: keys.tallyDay(0), end };
  for await (const { key } of kv.list(range, { batchSize: 1000 })) days.add(Number(key[1]));
  for (const day of days) await deletePrefix(kv, keys.tallyDay(day));
}
