import { isOpinion } from "../../../interactions/event_weights.ts";
import { dayOf, keys } from "./keys.ts";
import type { NewEvent, StoredEvent, StoredEventType } from "./stored_event.ts";
import { type RecentEvent, recordRecent } from "./tallies.ts";
import { whenUnlocked } from "./when_unlocked.ts";

/** The result of storing events. */
export interface Appended {
  readonly stored: number;
  /** Events whose ids were already stored. */
  readonly duplicates: number;
}

/** A transaction of Deno KV has at most 100 checks and 80 KiB of keys. */
export const MAX_EVENTS = 100;
const MAX_KEY_BYTES = 70_000;

/** How many keys Deno KV reads in one call. */
const MAX_READS = 10;

/**
 * Stores events in transactions of up to a hundred, each of which is stored as a whole or not at
 * all. Resolves when all are on disk. Concurrent events of one user don't conflict, since each has
 * a key of its own.
 *
 * @param options `received`: when they arrived, in milliseconds since 1970-01-01 UTC. `expireIn`:
 *   milliseconds after which they may be deleted; default never.
 */
export async function appendEvents(
  kv: Deno.Kv,
  events: readonly NewEvent[],
  { received, expireIn }: { received: number; expireIn?: number },
): Promise<Appended> {
  const distinct = withoutRepeats(events);
  let stored = 0;
  for (const batch of batches(distinct)) {
    stored += await appendBatch(kv, batch, { received, expireIn });
  }
  return { stored, duplicates: events.length - stored };
}

/** The first of all events with the same id; those without an id are all distinct. */
export function withoutRepeats(events: readonly NewEvent[]): NewEvent[] {
  const seen = new Set<string>();
  return events.filter(({ userId, eventId }) => {
    if (eventId === undefined) return true;
    const id = JSON.stringify([userId, eventId]);
    return !seen.has(id) && seen.add(id);
  });
}

function* batches(events: readonly NewEvent[]): Generator<NewEvent[]> {
  let batch: NewEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = keyBytes(event);
    if (batch.length === MAX_EVENTS || bytes + size > MAX_KEY_BYTES) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(event);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** An upper bound: a character takes up to three bytes, and ids are part of several keys. */
function keyBytes({ userId, productId, eventId = "" }: NewEvent): number {
  return 400 + 12 * userId.length + 6 * productId.length + 9 * eventId.length;
}

/** @returns How many events were stored. */
async function appendBatch(
  kv: Deno.Kv,
  batch: readonly NewEvent[],
  options: { received: number; expireIn?: number },
): Promise<number> {
  let remaining = batch;
  while (remaining.length > 0) {
    if (await commit(kv, remaining, options)) return remaining.length;
    remaining = await withoutStored(kv, remaining);
  }
  return 0;
}

/** @returns False, with nothing written, if any of the ids is already stored. */
async function commit(
  kv: Deno.Kv,
  batch: readonly NewEvent[],
  options: { received: number; expireIn?: number },
): Promise<boolean> {
  const transaction = kv.atomic();
  setEvents(transaction, batch, options);
  return (await whenUnlocked(() => transaction.commit())).ok;
}

/** Writes events in a transaction, which fails if any of their ids is already stored. */
export function setEvents(
  transaction: Deno.AtomicOperation,
  batch: readonly NewEvent[],
  { received, expireIn }: { received: number; expireIn?: number },
): void {
  for (const event of batch) {
    const { userId, time, eventId = crypto.randomUUID(), ...rest } = event;
    const key = keys.event({ ...event, eventId, received });
    transaction.set(key, { ...rest, received }, { expireIn });
    if (event.type === "purchase") {
      transaction.set(keys.purchase(userId, event.productId), received, { expireIn });
    }
    if (isOpinion(event.type)) {
      transaction.set(keys.opinion({ ...event, eventId, received }), { ...rest, received }, {
        expireIn,
      });
    }
    if (event.eventId === undefined) continue;
    const id = keys.eventId(userId, eventId);
    transaction.check({ key: id, versionstamp: null }).set(id, time, { expireIn });
  }
  for (const userId of new Set(batch.map(({ userId }) => userId))) {
    transaction.set(keys.user(userId), received, { expireIn });
  }
  recordRecent(transaction, batch.map(toRecent), expireIn);
  for (const { day, productId, type, count } of tally(batch)) {
    transaction.sum(keys.tally(day, productId, type), BigInt(count));
  }
}

/** What {@linkcode recordRecent} counts of an event. */
export function toRecent({ time, productId, type }: NewEvent): RecentEvent {
  return { second: Math.floor(time / 1000), productId, type };
}

/** How many events of each type each product had on each day. */
function tally(
  batch: readonly NewEvent[],
): Iterable<{ day: number; productId: string; type: StoredEventType; count: number }> {
  const counts = new Map<
    string,
    { day: number; productId: string; type: StoredEventType; count: number }
  >();
  for (const { time, productId, type } of batch) {
    const day = dayOf(time);
    const key = JSON.stringify([day, productId, type]);
    const previous = counts.get(key)?.count ?? 0;
    counts.set(key, { day, productId, type, count: previous + 1 });
  }
  return counts.values();
}

/** The events whose ids aren't stored yet. */
export async function withoutStored(
  kv: Deno.Kv,
  events: readonly NewEvent[],
): Promise<NewEvent[]> {
  const unstored: NewEvent[] = [];
  for (let at = 0; at < events.length; at += MAX_READS) {
    const part = events.slice(at, at + MAX_READS);
    const entries = await kv.getMany(
      part.map(({ userId, eventId = "" }) => keys.eventId(userId, eventId)),
    );
    unstored.push(
      ...part.filter(({ eventId }, i) => eventId === undefined || entries[i].versionstamp === null),
    );
  }
  return unstored;
}

/** The value of an event's entry: what its key doesn't hold. */
type EventValue = Omit<StoredEvent, "userId" | "time" | "eventId">;

/** Reads an event from its entry. */
export function readEvent({ key, value }: Deno.KvEntry<unknown>): StoredEvent {
  const [, userId, time, eventId] = key as [string, string, number, string];
  return { userId, time, eventId, ...value as EventValue };
}
