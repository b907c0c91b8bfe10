import {
  type Appended,
  MAX_EVENTS,
  setEvents,
  withoutRepeats,
  withoutStored,
} from "./append_events.ts";
import { keys } from "./keys.ts";
import type { NewEvent } from "./stored_event.ts";
import { whenUnlocked } from "./when_unlocked.ts";

/** A message of a stream, at its position. */
export interface StreamMessage {
  /** Positions ascend, with or without gaps. */
  readonly position: number;
  /** Absent if nothing of the message is to be stored. */
  readonly event?: NewEvent;
}

/** Consecutive messages of a stream. */
export interface StreamPart {
  /** The stream's name, for example that of a topic and a partition. */
  readonly stream: string;
  /** The position up to which the stream had been stored; undefined if nothing had. */
  readonly from: number | undefined;
  /** At least one. */
  readonly messages: readonly StreamMessage[];
}

/** The position up to which a stream has been stored; undefined if nothing has. */
export async function readPosition(kv: Deno.Kv, stream: string): Promise<number | undefined> {
  return (await kv.get<number>(keys.stream(stream))).value ?? undefined;
}

/**
 * Stores the events of a part of a stream in transactions, each of which also writes the position
 * after its last message. So whatever fails, reading on from the position stores every event once.
 *
 * @param options As those of `appendEvents`.
 * @returns Undefined if the position isn't `from`, or moves meanwhile: somebody else stores this
 *   stream. What was stored until then counts, and the position says so.
 */
export async function appendStream(
  kv: Deno.Kv,
  { stream, from, messages }: StreamPart,
  options: { received: number; expireIn?: number },
): Promise<Appended | undefined> {
  let position = await kv.get<number>(keys.stream(stream));
  if ((position.value ?? undefined) !== from) return undefined;
  let [stored, duplicates] = [0, 0];
  // One of the checks of a transaction is that of the position.
  for (let start = 0; start < messages.length; start += MAX_EVENTS - 1) {
    const part = messages.slice(start, start + MAX_EVENTS - 1);
    const next = part[part.length - 1].position + 1;
    const events = part.flatMap(({ event }) => event ?? []);
    let remaining = withoutRepeats(events);
    while (true) {
      const transaction = kv.atomic().check(position).set(position.key, next);
      setEvents(transaction, remaining, options);
      const committed = await whenUnlocked(() => transaction.commit());
      if (committed.ok) {
        position = { key: position.key, value: next, versionstamp: committed.versionstamp };
        break;
      }
      const { versionstamp } = await kv.get(position.key);
      if (versionstamp !== position.versionstamp) return undefined;
      remaining = await withoutStored(kv, remaining);
    }
    stored += remaining.length;
    duplicates += events.length - remaining.length;
  }
  return { stored, duplicates };
}
