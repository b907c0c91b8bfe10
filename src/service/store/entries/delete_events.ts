import { readEvent, toRecent } from "./append_events.ts";
import { dayOf, keys } from "./keys.ts";
import { whenUnlocked } from "./when_unlocked.ts";

/** Few enough events that their keys fit into a transaction, however long their ids are. */
const BATCH = 15;

/** How many keys Deno KV reads in one call. */
const MAX_READS = 10;

/**
 * Deletes all events of a user, and takes them out of the counts of popular products. Each
 * transaction deletes some events and their counts, so that none is taken out twice.
 *
 * @returns How many were deleted.
 */
export async function deleteEvents(kv: Deno.Kv, userId: string): Promise<number> {
  let deleted = 0;
  while (true) {
    const events = await Array.fromAsync(
      kv.list({ prefix: keys.eventsOf(userId) }, { limit: BATCH }),
    );
    if (events.length === 0) return deleted;
    const transaction = kv.atomic();
    for (const entry of events) transaction.check(entry).delete(entry.key);
    await uncountRecent(kv, transaction, events);
    await uncountDays(kv, transaction, events);
    const { ok } = await whenUnlocked(() => transaction.commit());
    if (ok) deleted += events.length;
  }
}

/** Deletes as many entries of the same second, product and type as there are events. */
async function uncountRecent(
  kv: Deno.Kv,
  transaction: Deno.AtomicOperation,
  events: readonly Deno.KvEntry<unknown>[],
): Promise<void> {
  const bySecond = Map.groupBy(
    events.map((entry) => toRecent(readEvent(entry))),
    ({ second }) => second,
  );
  for (const [second, recent] of bySecond) {
    const counted = await Array.fromAsync(
      kv.list<readonly [string, string]>({ prefix: keys.recentFrom(second) }, { batchSize: 1000 }),
    );
    for (const { productId, type } of recent) {
      const at = counted.findIndex(({ value }) => value[0] === productId && value[1] === type);
      if (at < 0) continue;
      const [entry] = counted.splice(at, 1);
      transaction.check(entry).delete(entry.key);
    }
  }
}

/** Subtracts events from the counts of their days, as far as these are kept. */
async function uncountDays(
  kv: Deno.Kv,
  transaction: Deno.AtomicOperation,
  events: readonly Deno.KvEntry<unknown>[],
): Promise<void> {
  const all = events.map((entry) => {
    const { time, productId, type } = readEvent(entry);
    return keys.tally(dayOf(time), productId, type);
  });
  const equal = [...Map.groupBy(all, (key) => JSON.stringify(key)).values()];
  for (let at = 0; at < equal.length; at += MAX_READS) {
    const part = equal.slice(at, at + MAX_READS);
    const counts = await kv.getMany(part.map(([key]) => key));
    counts.forEach(({ key, versionstamp }, i) => {
      // Sums are modulo 2⁶⁴.
      if (versionstamp !== null) transaction.sum(key, 2n ** 64n - BigInt(part[i].length));
    });
  }
}
