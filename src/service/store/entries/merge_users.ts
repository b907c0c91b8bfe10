import { isOpinion } from "../../../interactions/event_weights.ts";
import { readEvent } from "./append_events.ts";
import { deleteEvents, uncount } from "./delete_events.ts";
import { deletePrefix } from "./delete_prefix.ts";
import { deleteMovedExposures, moveExposures } from "./exposures.ts";
import { keys } from "./keys.ts";
import type { Retention } from "./retention.ts";
import { whenUnlocked } from "./when_unlocked.ts";

/** A time in which events of one user became another's: milliseconds since 1970-01-01 UTC. */
export interface MergedSpan {
  readonly since: number;
  /** Not included. */
  readonly until: number;
}

/** A user whose earlier events are another's now. */
export interface Absorbed extends MergedSpan {
  readonly userId: string;
}

/** How users were merged, seen from one of them. */
export interface Merges {
  /** Those merged into this user. */
  readonly absorbed: readonly Absorbed[];
  /** When this user was merged into another one last; earlier events aren't theirs any more. */
  readonly leftAt?: number;
}

/** What merging did, or which user forbids it. */
export type MergeOutcome =
  | { readonly moved: number }
  /** The target was itself merged into this user. */
  | { readonly targetIn: string }
  /** This user was merged into the one to merge. */
  | { readonly absorbs: string };

/** Who is to be merged into whom. */
export interface MergeRequest {
  readonly from: string;
  readonly to: string;
}

/** Few enough events that their keys fit into a transaction, however long their ids are. */
const BATCH = 6;

/** Reads how users were merged into this one, and when it was merged into another. */
export async function readMerges(kv: Deno.Kv, userId: string): Promise<Merges> {
  const absorbed = await Array.fromAsync(
    kv.list<MergedSpan>({ prefix: keys.absorbedBy(userId) }),
    ({ key, value }): Absorbed => ({ userId: String(key[2]), ...value }),
  );
  const left = await Array.fromAsync(
    kv.list<MergedSpan>({ prefix: keys.mergedFrom(userId) }),
    ({ value }) => value.until,
  );
  return { absorbed, ...(left.length > 0 && { leftAt: Math.max(...left) }) };
}

/**
 * Makes the events of one user another's, and records that those in artifacts are as well. What
 * fails half-way is completed by merging again; merging twice does no harm.
 *
 * @param options `now`: milliseconds since 1970-01-01 UTC.
 */
export async function mergeUsers(
  kv: Deno.Kv,
  { from, to }: MergeRequest,
  { now, retention }: { now: number; retention: Retention },
): Promise<MergeOutcome> {
  const [left] = await Array.fromAsync(kv.list({ prefix: keys.mergedFrom(to) }, { limit: 1 }));
  if (left) return { targetIn: String(left.key[2]) };
  const [absorbed] = await Array.fromAsync(
    kv.list({ prefix: keys.absorbedBy(from) }, { limit: 1 }),
  );
  if (absorbed) return { absorbs: String(absorbed.key[2]) };
  const { leftAt = 0 } = await readMerges(kv, from);
  const before = (await kv.get<MergedSpan>(keys.merged(from, to))).value;
  const span: MergedSpan = { since: before?.since ?? leftAt, until: now };
  const { expireIn } = retention;
  await whenUnlocked(() =>
    kv.atomic()
      .set(keys.merged(from, to), span, { expireIn })
      .set(keys.absorbed(to, from), span, { expireIn })
      .set(keys.user(from), now, { expireIn })
      .set(keys.user(to), now, { expireIn })
      .commit()
  );
  const moved = await moveEvents(kv, { from, to }, retention);
  await moveExposures(kv, { from, to }, retention);
  await deletePrefix(kv, keys.eventIdsOf(from));
  await deletePrefix(kv, keys.purchasesOf(from));
  await whenUnlocked(() =>
    kv.atomic()
      .delete(keys.shown(from))
      .set(keys.user(from), now, { expireIn })
      .set(keys.user(to), now, { expireIn })
      .commit()
  );
  return { moved };
}

/**
 * Forgets what was merged into a user, and deletes what moved from them to others.
 *
 * @param now Milliseconds since 1970-01-01 UTC.
 * @returns How many events were deleted.
 */
export async function forgetMerges(kv: Deno.Kv, userId: string, now: number): Promise<number> {
  let deleted = 0;
  const others = kv.list<MergedSpan>({ prefix: keys.mergedFrom(userId) });
  for (const { key: [, , other] } of await Array.fromAsync(others)) {
    const otherId = String(other);
    deleted += await deleteEvents(kv, otherId, ({ origin }) => origin === userId);
    await deleteMovedExposures(kv, { from: userId, to: otherId });
    await whenUnlocked(() =>
      kv.atomic()
        .delete(keys.absorbed(otherId, userId))
        .delete(keys.merged(userId, otherId))
        .set(keys.user(otherId), now)
        .commit()
    );
  }
  const absorbed = kv.list<MergedSpan>({ prefix: keys.absorbedBy(userId) });
  for (const { key: [, , other], value } of await Array.fromAsync(absorbed)) {
    const otherId = String(other);
    const forgotten = (await kv.get<number>(keys.forgotten(otherId))).value ?? 0;
    await whenUnlocked(() =>
      kv.atomic()
        // In artifacts and files, these events are still the other user's.
        .set(keys.forgotten(otherId), Math.max(forgotten, value.until))
        .delete(keys.absorbed(userId, otherId))
        .delete(keys.merged(otherId, userId))
        .set(keys.user(otherId), now)
        .commit()
    );
  }
  return deleted;
}

/** @returns How many events are the other user's now; those whose ids they had are deleted. */
async function moveEvents(
  kv: Deno.Kv,
  { from, to }: MergeRequest,
  retention: Retention,
): Promise<number> {
  let moved = 0;
  while (true) {
    const entries = await Array.fromAsync(
      kv.list({ prefix: keys.eventsOf(from) }, { limit: BATCH }),
    );
    if (entries.length === 0) return moved;
    const events = entries.map(readEvent);
    const named = await kv.getMany(events.map(({ eventId }) => keys.eventId(from, eventId)));
    const taken = await kv.getMany(events.map(({ eventId }) => keys.eventId(to, eventId)));
    const bought = await kv.getMany<number[]>(
      events.map(({ productId }) => keys.purchase(to, productId)),
    );
    const transaction = kv.atomic();
    const dropped: Deno.KvEntry<unknown>[] = [];
    const purchases = new Map<string, number>();
    entries.forEach((entry, i) => {
      transaction.check(entry).delete(entry.key);
      if (isOpinion(events[i].type)) transaction.delete(keys.opinion(events[i]));
      const { userId: _user, time, eventId: _id, ...rest } = events[i];
      const expireIn = retention.remaining(events[i].received);
      const isNamed = named[i].versionstamp !== null;
      if (isNamed && taken[i].versionstamp !== null) return dropped.push(entry);
      if (isNamed) transaction.check(taken[i]).set(taken[i].key, time, { expireIn });
      const key = keys.event({ ...events[i], userId: to });
      const value = { ...rest, origin: rest.origin ?? from };
      transaction.set(key, value, { expireIn });
      if (isOpinion(rest.type)) {
        transaction.set(keys.opinion({ ...events[i], userId: to }), value, { expireIn });
      }
      if (rest.type !== "purchase") return;
      const last = purchases.get(rest.productId) ?? bought[i].value ?? 0;
      purchases.set(rest.productId, Math.max(last, rest.received));
    });
    for (const [productId, received] of purchases) {
      transaction.set(keys.purchase(to, productId), received, { expireIn: retention.expireIn });
    }
    await uncount(kv, transaction, dropped);
    const { ok } = await whenUnlocked(() => transaction.commit());
    if (ok) moved += entries.length - dropped.length;
  }
}
