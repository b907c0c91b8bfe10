import type { Exposure } from "../../../experiments/exposures/exposure.ts";
import type { Appended } from "./append_events.ts";
import { keys } from "./keys.ts";
import type { Retention } from "./retention.ts";
import type { StoredExposure } from "./stored_event.ts";
import { whenUnlocked } from "./when_unlocked.ts";
import { withLater } from "./with_later.ts";

/** A transaction of Deno KV has at most 100 checks and 800 KiB. */
const MAX_LISTS = 100;
const MAX_BYTES = 500_000;

/** Few enough lists that they fit into a transaction, however long their ids are. */
const MOVED = 5;

/** How many keys Deno KV reads in one call. */
const MAX_READS = 10;

/** What the key of an exposure doesn't hold, without what is usual. */
type Value =
  & Omit<StoredExposure, "userId" | "listId" | "positions" | "propensities">
  & Partial<Pick<StoredExposure, "positions" | "propensities">>
  & {
    /** Whose it was when it was stored, if users were merged since. */
    readonly origin?: string;
  };

/** What is stored of a list, besides its user and id. Usual positions and propensities aren't. */
export function toValue({ userId: _, listId: __, ...exposure }: Exposure): Omit<Value, "received"> {
  const { positions, propensities, ...rest } = exposure;
  return {
    ...rest,
    ...(positions.some((position, i) => position !== i + 1) && { positions }),
    ...(propensities.some((propensity) => propensity !== 1) && { propensities }),
  };
}

/** The list of what {@linkcode toValue} made of it. */
export function fromValue(userId: string, listId: string, value: Value): StoredExposure {
  const { productIds, origin: _, ...rest } = value;
  return {
    ...{ userId, listId, productIds },
    positions: productIds.map((_, i) => i + 1),
    propensities: productIds.map(() => 1),
    ...rest,
  };
}

/** A list to write. */
interface Write {
  /** As it was sent. */
  readonly sent: Exposure;
  /** With what is stored of it already. */
  readonly exposure: Exposure;
  /** What is stored of it; absent if nothing is. */
  readonly before?: Deno.KvEntry<Value>;
}

/**
 * Stores lists that users were shown, in transactions. What is sent of a list later adds to it what
 * {@linkcode withLater} says.
 *
 * @param options As those of `appendEvents`.
 */
export async function recordExposures(
  kv: Deno.Kv,
  exposures: readonly Exposure[],
  options: { received: number; expireIn?: number },
): Promise<Appended> {
  let stored = 0;
  const writes = joined(exposures).map((sent) => ({ sent, exposure: sent }));
  for (const batch of batches(writes)) {
    // As if none was stored: what is there is read only if that fails.
    let failed = await commit(kv, batch, options) ? [] : batch;
    stored += batch.length - failed.length;
    while (failed.length > 0) {
      const again = await joinedWithStored(kv, failed);
      failed = [];
      for (const part of batches(again)) {
        if (await commit(kv, part, options)) stored += part.length;
        else failed.push(...part);
      }
    }
  }
  return { stored, duplicates: exposures.length - stored };
}

/** Each user's lists once, with all that was seen of them. */
export function joined(exposures: readonly Exposure[]): Exposure[] {
  const lists = new Map<string, Exposure>();
  for (const exposure of exposures) {
    const id = JSON.stringify([exposure.userId, exposure.listId]);
    const first = lists.get(id);
    lists.set(id, first ? withLater(first, exposure) ?? first : exposure);
  }
  return [...lists.values()];
}

/** Writes lists, unless one of them has changed meanwhile; says whether it did. */
async function commit(
  kv: Deno.Kv,
  writes: readonly Write[],
  { received, expireIn }: { received: number; expireIn?: number },
): Promise<boolean> {
  const transaction = kv.atomic();
  for (const { exposure, before } of writes) {
    const key = keys.exposure(exposure.userId, exposure.listId);
    const first = before?.value.received ?? received;
    const { origin } = before?.value ?? {};
    transaction.check({ key, versionstamp: before?.versionstamp ?? null }).set(
      key,
      { ...toValue(exposure), received: first, ...(origin !== undefined && { origin }) },
      { ...(expireIn !== undefined && { expireIn: Math.max(1, first + expireIn - received) }) },
    );
  }
  return (await whenUnlocked(() => transaction.commit())).ok;
}

/** The lists that are new or have something new, as they are to be written. */
async function joinedWithStored(kv: Deno.Kv, writes: readonly Write[]): Promise<Write[]> {
  const joined: Write[] = [];
  for (let at = 0; at < writes.length; at += MAX_READS) {
    const part = writes.slice(at, at + MAX_READS);
    const entries = await kv.getMany<Value[]>(
      part.map(({ sent: { userId, listId } }) => keys.exposure(userId, listId)),
    );
    part.forEach(({ sent }, i) => {
      const entry = entries[i];
      if (entry.versionstamp === null) return joined.push({ sent, exposure: sent });
      const { received: _, ...before } = fromValue(sent.userId, sent.listId, entry.value);
      const exposure = withLater(before, sent);
      if (exposure) joined.push({ sent, exposure, before: entry });
    });
  }
  return joined;
}

function* batches(writes: readonly Write[]): Generator<Write[]> {
  let batch: Write[] = [];
  let bytes = 0;
  for (const write of writes) {
    const size = bytesOf(write.exposure);
    if (batch.length === MAX_LISTS || batch.length > 0 && bytes + size > MAX_BYTES) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(write);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** An upper bound: a character takes up to three bytes in a key, two in a value. */
function bytesOf({ userId, listId, productIds }: Exposure): number {
  const ids = productIds.reduce((bytes, id) => bytes + 2 * id.length + 30, 0);
  return 1000 + 6 * (userId.length + listId.length) + ids;
}

/** Reads all lists by user, or those of one user. */
export async function* readExposures(
  kv: Deno.Kv,
  userId?: string,
): AsyncGenerator<StoredExposure> {
  const prefix = userId === undefined ? keys.exposures : keys.exposuresOf(userId);
  for await (const { key, value } of kv.list<Value>({ prefix }, { batchSize: 500 })) {
    yield fromValue(String(key[1]), String(key[2]), value);
  }
}

/** A user who was merged into another. */
interface Merged {
  readonly from: string;
  readonly to: string;
}

/** Makes the lists that one user was shown another's. What both were shown stays the other's. */
export async function moveExposures(
  kv: Deno.Kv,
  { from, to }: Merged,
  retention: Retention,
): Promise<void> {
  while (true) {
    const entries = await Array.fromAsync(
      kv.list<Value>({ prefix: keys.exposuresOf(from) }, { limit: MOVED }),
    );
    if (entries.length === 0) return;
    const taken = await kv.getMany(
      entries.map(({ key }) => keys.exposure(to, String(key[2]))),
    );
    const transaction = kv.atomic();
    entries.forEach((entry, i) => {
      transaction.check(entry).delete(entry.key);
      if (taken[i].versionstamp !== null) return;
      const value = { ...entry.value, origin: entry.value.origin ?? from };
      const expireIn = retention.remaining(value.received);
      transaction.check(taken[i]).set(taken[i].key, value, { expireIn });
    });
    await whenUnlocked(() => transaction.commit());
  }
}

/** Deletes of a user's lists those that were another's when they were stored. */
export async function deleteMovedExposures(
  kv: Deno.Kv,
  { from, to }: Merged,
): Promise<void> {
  const entries = kv.list<Value>({ prefix: keys.exposuresOf(to) }, { batchSize: 500 });
  for (const { key, value } of await Array.fromAsync(entries)) {
    if (value.origin === from) await whenUnlocked(() => kv.delete(key));
  }
}

/** The secret that signs ids of lists; made by the first that asks for it. */
export async function readListKey(kv: Deno.Kv): Promise<string> {
  const made = crypto.getRandomValues(new Uint8Array(32)).toHex();
  await whenUnlocked(() =>
    kv.atomic().check({ key: keys.listKey, versionstamp: null }).set(keys.listKey, made).commit()
  );
  const { value } = await kv.get<string>(keys.listKey);
  return value!;
}
