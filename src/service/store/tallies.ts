import { deletePrefix } from "./delete_prefix.ts";
import { dayOf, keys } from "./keys.ts";
import type { StoredEventType } from "./stored_event.ts";

/** For how many days it is known what happened to which product. */
export const TALLY_DAYS = 90;

/** How often something happened to a product on one day. */
export interface Tally {
  readonly productId: string;
  readonly type: StoredEventType;
  /** Whole days since 1970-01-01 UTC. */
  readonly day: number;
  readonly count: number;
}

/** Reads the tallies from a day on, day by day. */
export async function readTallies(kv: Deno.Kv, fromDay: number): Promise<Tally[]> {
  const range = { start: keys.tallyDay(fromDay), end: keys.tallyDay(Number.MAX_SAFE_INTEGER) };
  return await Array.fromAsync(
    kv.list<Deno.KvU64>(range, { batchSize: 1000 }),
    ({ key: [, day, productId, type], value }) => ({
      day: Number(day),
      productId: String(productId),
      type: type as StoredEventType,
      count: Number(value),
    }),
  );
}

/** Deletes what is older than {@linkcode TALLY_DAYS}. */
export async function deleteOldTallies(kv: Deno.Kv, now: number): Promise<void> {
  const end = keys.tallyDay(Math.max(0, dayOf(now) - TALLY_DAYS));
  const days = new Set<number>();
  const range = { start: keys.tallyDay(0), end };
  for await (const { key } of kv.list(range, { batchSize: 1000 })) days.add(Number(key[1]));
  for (const day of days) await deletePrefix(kv, keys.tallyDay(day));
}
