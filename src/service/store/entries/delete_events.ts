import { isOpinion } from "../../../interactions/event_weights.ts";
import { readEvent, toRecent } from "./append_events.ts";
import { dayOf, keys } from "./keys.ts";
import type { StoredEvent } from "./stored_event.ts";
import { whenUnlocked } from "./when_unlocked.ts";

/** Few enough events that their keys fit into a transaction, however long their ids are. */
const BATCH = 10;

/** How many keys Deno KV reads in one call. */
const MAX_READS = 10;

/**
 * Deletes events of a user, and takes them out of the counts of popular products. Each transaction
 * deletes some events and their counts, so that none is taken out twice.
 *
 * @param isDeleted Whether an event is to be deleted. Default all are.
 * @returns How many were deleted.
 */
export async function deleteEvents(
  kv: Deno.Kv,
  userId: string,
  isDeleted: (event: StoredEvent) => boolean = () => true,
): Promise<number> {
  let deleted = 0;
  // Again while there are any: some may have been stored before others that were read already.
  for (let last = -1; last !== 0; deleted += last) last = await deleteOnce(kv, userId, isDeleted);
  return deleted;
}

async function deleteOnce(
  kv: Deno.Kv,
  userId: string,
  isDeleted: (event: StoredEvent) => boolean,
): Promise<number> {
  const prefix = keys.eventsOf(userId);
  let deleted = 0;
  let selector: Deno.KvListSelector = { prefix };
  while (true) {
    const entries: Deno.KvEntry<unknown>[] = await Array.fromAsync(
      kv.list(selector, { limit: BATCH }),
    );
    if (entries.length === 0) return deleted;
    const events = entries.filter((entry) => isDeleted(readEvent(entry)));
    const transaction = kv.atomic();
    for (const entry of events) {
      const event = readEvent(entry);
      transaction.check(entry).delete(entry.key).delete(keys.eventId(userId, event.eventId));
      if (isOpinion(event.type)) transaction.delete(keys.opinion(event));
    }
    await uncount(kv, transaction, events);
    if (!(await whenUnlocked(() => transaction.commit())).ok) continue;
    deleted += events.length;
    // The first key after the last of these.
    selector = { prefix, start: [...entries[entries.length - 1].key, new Uint8Array()] };
  }
}

/** Adds to a transaction that events don't count any more. */
export async function uncount(
  kv: Deno.Kv,
  transaction: Deno.AtomicOperation,
  events: readonly Deno.KvEntry<unknown>[],
): Promise<void> {
  await uncountRecent(kv, transaction, events);
  await uncountDays(kv, transaction, events);
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
