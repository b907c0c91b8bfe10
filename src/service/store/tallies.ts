import { deletePrefix } from "./delete_prefix.ts";
import { dayOf, keys } from "./keys.ts";
import type { StoredEventType } from "./stored_event.ts";

/** For how many days it is known what happened to which product. */
export const TALLY_DAYS = 90;

/** How often something happened to a product on one day. */
export interface Tally {
  readonly productId: string;
  readonly type: StoredEventType;
  readonly count: number;
}

/** Reads what happened on a day (whole days since 1970-01-01 UTC). */
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

/** The last day on which anything happened; nothing if nothing did. */
export async function readLatestDay(kv: Deno.Kv): Promise<number | undefined> {
  const [latest] = await Array.fromAsync(
    kv.list({ prefix: keys.tallies }, { limit: 1, reverse: true }),
    ({ key }) => Number(key[1]),
  );
  return latest;
}

/** Deletes what is older than {@linkcode TALLY_DAYS}. */
export async function deleteOldTallies(kv: Deno.Kv, now: number): Promise<void> {
  const end = keys.tallyDay(Math.max(0, dayOf(now) - TALLY_DAYS));
  const days = new Set<number>();
  const range = { start: keys.tallyDay(0), end };
  for await (const { key } of kv.list(range, { batchSize: 1000 })) days.add(Number(key[1]));
  for (const day of days) await deletePrefix(kv, keys.tallyDay(day));
}
