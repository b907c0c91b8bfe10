import { whenUnlocked } from "./when_unlocked.ts";

/** How many keys one transaction deletes: their sizes together stay below what it takes. */
const AT_ONCE = 40;

/**
 * Deletes all entries below a key, some at a time.
 *
 * @returns How many there were.
 */
export async function deletePrefix(kv: Deno.Kv, prefix: Deno.KvKey): Promise<number> {
  let deleted = 0;
  let transaction = kv.atomic();
  for await (const { key } of kv.list({ prefix }, { batchSize: AT_ONCE })) {
    transaction.delete(key);
    if (++deleted % AT_ONCE > 0) continue;
    await whenUnlocked(() => transaction.commit());
    transaction = kv.atomic();
  }
  if (deleted % AT_ONCE > 0) await whenUnlocked(() => transaction.commit());
  return deleted;
}
