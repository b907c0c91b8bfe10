import { whenUnlocked } from "./when_unlocked.ts";

/** Few enough keys that they fit into one transaction. */
const BATCH = 40;

/**
 * Deletes all entries below a key, in batches.
 *
 * @returns How many were deleted.
 */
export async function deletePrefix(kv: Deno.Kv, prefix: Deno.KvKey): Promise<number> {
  let deleted = 0;
  let transaction = kv.atomic();
  for await (const { key } of kv.list({ prefix }, { batchSize: BATCH })) {
    transaction.delete(key);
    if (++deleted % BATCH > 0) continue;
    await whenUnlocked(() => transaction.commit());
    transaction = kv.atomic();
  }
  if (deleted % BATCH > 0) await whenUnlocked(() => transaction.commit());
  return deleted;
}
