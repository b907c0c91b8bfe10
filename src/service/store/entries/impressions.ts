import { MS_PER_DAY } from "../../../base/time.ts";
import { keys } from "./keys.ts";
import { whenUnlocked } from "./when_unlocked.ts";

/** A product that was shown, and when, in milliseconds since 1970-01-01 UTC. */
export type Impression = readonly [productId: string, shown: number];

const MAX_IMPRESSIONS = 100;
const EXPIRES_IN = MS_PER_DAY;

/** The products a user was shown within the last day, newest last. */
export async function readShown(
  kv: Deno.Kv,
  userId: string,
  now: number,
): Promise<readonly Impression[]> {
  const { value } = await kv.get<Impression[]>(keys.shown(userId));
  return (value ?? []).filter(([, shown]) => shown >= now - EXPIRES_IN);
}

/** Adds products to those that a user was shown; the latest hundred are kept for a day. */
export async function recordShown(
  kv: Deno.Kv,
  { userId, productIds, now }: { userId: string; productIds: readonly string[]; now: number },
): Promise<void> {
  const before = await readShown(kv, userId, now);
  const added = productIds.map((productId): Impression => [productId, now]);
  const latest = [...before, ...added].slice(-MAX_IMPRESSIONS);
  await whenUnlocked(() => kv.set(keys.shown(userId), latest, { expireIn: EXPIRES_IN }));
}
