import { dayOf, keys } from "./keys.ts";
import type { NewEvent, StoredEvent, StoredEventType } from "./stored_event.ts";
import { whenUnlocked } from "./when_unlocked.ts";

/** What became of events that were to be stored. */
export interface Appended {
  readonly stored: number;
  /** Events whose names were stored before. */
  readonly duplicates: number;
}

/** Deno KV takes at most 100 conditions and 80 KiB of keys in one transaction. */
const MOST_EVENTS = 100;
const MOST_KEY_BYTES = 70_000;

/** As many keys as Deno KV reads at once. */
const MOST_READS = 10;

/**
 * Stores events, up to a hundred at a time in one transaction each: a transaction is there whole or not at all.
 * Returns when all are on disk. Events of one user that come in at the same moment don't disturb each other:
 * each has a key of its own.
 *
 * @param expireIn After how many milliseconds they may be deleted; default never.
 */
export async function appendEvents(
  kv: Deno.Kv,
  events: readonly NewEvent[],
  { received, expireIn }: { received: number; expireIn?: number },
): Promise<Appended> {
  const named = withoutRepeats(events);
  let stored = 0;
  for (const batch of batches(named)) {
    stored += await appendBatch(kv, batch, { received, expireIn });
  }
  return { stored, duplicates: events.length - stored };
}

/** Of events of the same name the first. */
function withoutRepeats(events: readonly NewEvent[]): NewEvent[] {
  const names = new Set<string>();
  return events.filter(({ userId, eventId }) => {
    if (eventId === undefined) return true;
    const name = JSON.stringify([userId, eventId]);
    return !names.has(name) && names.add(name);
  });
}

function* batches(events: readonly NewEvent[]): Generator<NewEvent[]> {
  let batch: NewEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = keyBytes(event);
    if (batch.length === MOST_EVENTS || bytes + size > MOST_KEY_BYTES) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(event);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** At most: a character takes up to three bytes, and ids stand in several keys. */
function keyBytes({ userId, productId, eventId = "" }: NewEvent): number {
  return 200 + 9 * userId.length + 3 * productId.length + 6 * eventId.length;
}

/** @returns How many were stored. */
async function appendBatch(
  kv: Deno.Kv,
  batch: readonly NewEvent[],
  options: { received: number; expireIn?: number },
): Promise<number> {
  let wanted = batch;
  while (wanted.length > 0) {
    if (await commit(kv, wanted, options)) return wanted.length;
    wanted = await withoutStored(kv, wanted);
  }
  return 0;
}

/** @returns Whether none of the names was stored before; else nothing was done. */
async function commit(
  kv: Deno.Kv,
  batch: readonly NewEvent[],
  { received, expireIn }: { received: number; expireIn?: number },
): Promise<boolean> {
  const transaction = kv.atomic();
  for (const event of batch) {
    const { userId, time, eventId = crypto.randomUUID(), ...rest } = event;
    const key = keys.event({ ...event, eventId, received });
    transaction.set(key, { ...rest, received }, { expireIn });
    if (event.eventId === undefined) continue;
    const id = keys.eventId(userId, eventId);
    transaction.check({ key: id, versionstamp: null }).set(id, time, { expireIn });
  }
  for (const userId of new Set(batch.map(({ userId }) => userId))) {
    transaction.set(keys.user(userId), received, { expireIn });
  }
  for (const { day, productId, type, count } of tally(batch)) {
    transaction.sum(keys.tally(day, productId, type), BigInt(count));
  }
  return (await whenUnlocked(() => transaction.commit())).ok;
}

/** How many events of a kind each product had on each day. */
function tally(
  batch: readonly NewEvent[],
): Iterable<{ day: number; productId: string; type: StoredEventType; count: number }> {
  const counts = new Map<
    string,
    { day: number; productId: string; type: StoredEventType; count: number }
  >();
  for (const { time, productId, type } of batch) {
    const day = dayOf(time);
    const name = JSON.stringify([day, productId, type]);
    const sofar = counts.get(name)?.count ?? 0;
    counts.set(name, { day, productId, type, count: sofar + 1 });
  }
  return counts.values();
}

async function withoutStored(kv: Deno.Kv, events: readonly NewEvent[]): Promise<NewEvent[]> {
  const left: NewEvent[] = [];
  for (let at = 0; at < events.length; at += MOST_READS) {
    const part = events.slice(at, at + MOST_READS);
    const entries = await kv.getMany(
      part.map(({ userId, eventId = "" }) => keys.eventId(userId, eventId)),
    );
    left.push(
      ...part.filter(({ eventId }, i) => eventId === undefined || entries[i].versionstamp === null),
    );
  }
  return left;
}

/** What an entry of an event holds beside its key. */
type EventValue = Omit<StoredEvent, "userId" | "time" | "eventId">;

/** Puts an event together again from its key and value. */
export function readEvent({ key, value }: Deno.KvEntry<unknown>): StoredEvent {
  const [, userId, time, eventId] = key as [string, string, number, string];
  return { userId, time, eventId, ...value as EventValue };
}
