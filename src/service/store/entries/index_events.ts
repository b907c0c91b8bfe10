import { readEvent, toRecent } from "./append_events.ts";
import { keys } from "./keys.ts";
import { recordRecent } from "./tallies.ts";
import { whenUnlocked } from "./when_unlocked.ts";

/** Few enough events that their entries fit into one transaction. */
const BATCH = 100;

/**
 * Indexes the events of a store that an earlier program wrote, once: every event is read, which
 * takes about four seconds per million.
 *
 * @param expireIn Milliseconds from the arrival of an event after which its entries may be deleted;
 *   default never.
 */
export async function indexEvents(
  kv: Deno.Kv,
  { now, expireIn = Infinity }: { now: number; expireIn?: number },
): Promise<void> {
  if ((await kv.get(keys.indexed)).versionstamp !== null) return;
  let transaction = kv.atomic();
  let size = 0;
  for await (const entry of kv.list({ prefix: keys.events }, { batchSize: 1000 })) {
    const event = readEvent(entry);
    const { userId, productId, type, received } = event;
    const expiry = received + expireIn - now;
    if (expiry <= 0) continue;
    recordRecent(transaction, [toRecent(event)], expiry);
    if (type === "purchase") {
      const expires = expiry === Infinity ? undefined : { expireIn: expiry };
      transaction.set(keys.purchase(userId, productId), received, expires);
    }
    if (++size % BATCH > 0) continue;
    await whenUnlocked(() => transaction.commit());
    transaction = kv.atomic();
  }
  await whenUnlocked(() => transaction.set(keys.indexed, true).commit());
}
