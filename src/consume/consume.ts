import { setTimeout } from "node:timers/promises";
import { formatCounted } from "../base/format.ts";
import { nameLists } from "../service/api/exposed/name_lists.ts";
import { readListIds } from "../service/exposures/list_ids.ts";
import type { NewEvent } from "../service/store/entries/stored_event.ts";
import type { EventStore } from "../service/store/event_store.ts";
import { StoreError } from "../service/store/store_error.ts";
import type { DeadLetter, DeadLetters } from "./dead_letters.ts";
import { readMessage } from "./read_message.ts";
import { type Topic, TopicError, type TopicMessage } from "./topic.ts";

/** How {@linkcode consume} works. */
export interface ConsumeOptions {
  readonly store: EventStore;
  readonly deadLetters: DeadLetters;
  /** Ends it after the batch that is being stored. */
  readonly signal: AbortSignal;
  /** Receives a line about each problem. */
  readonly log: (line: string) => void;
  /** Receives the numbers of each batch, after it is stored. */
  readonly onStored?: (numbers: Consumed) => void;
  /** Milliseconds between two attempts, at first; each waits twice as long. Default 500. */
  readonly retryMs?: number;
}

/** What became of messages. */
export interface Consumed {
  readonly stored: number;
  /** Events whose ids were stored already. */
  readonly duplicates: number;
  /** Messages that can't be stored. */
  readonly refused: number;
  /** Events that named a list of another store; they are stored without it. */
  readonly unknownLists: number;
}

/** The longest wait between two attempts, in milliseconds. */
const LONGEST_WAIT = 10_000;

/**
 * Stores the events of a topic until it is told to stop. Each batch is stored with the offsets up
 * to which it goes, in one transaction, and reading begins at the stored offsets: nothing is lost
 * or stored twice, whatever fails. If the broker or the store fails, it tries again. Several
 * consumers of a topic may share a store: one that finds an offset moved reads on from there.
 */
export async function consume(topic: Topic, options: ConsumeOptions): Promise<void> {
  const { signal, log, retryMs = 500 } = options;
  let wait = retryMs;
  while (!signal.aborted) {
    try {
      await consumeOnce(topic, { ...options, onBatch: () => wait = retryMs });
      continue;
    } catch (error) {
      if (!(error instanceof StoreError || error instanceof TopicError)) throw error;
      if (signal.aborted) return;
      log(`${error.message}; trying again in ${(wait / 1000).toFixed(1)} s`);
    }
    await setTimeout(wait, undefined, { signal }).catch(() => {});
    wait = Math.min(LONGEST_WAIT, 2 * wait);
  }
}

/** Returns when it is told to stop, or an offset was moved by somebody else. */
async function consumeOnce(
  topic: Topic,
  options: ConsumeOptions & { onBatch: () => void },
): Promise<void> {
  const { store, signal, log, onStored, onBatch } = options;
  const earliest = await topic.earliest();
  const known = await Promise.all(
    earliest.map((_, partition) => store.position(streamOf(topic, partition))),
  );
  const offsets = earliest.map((first, partition) => Math.max(first, known[partition] ?? first));
  known.forEach((position, partition) => {
    if (position === undefined || position >= earliest[partition]) return;
    const lost = formatCounted(earliest[partition] - position, "message");
    log(`Partition ${partition} of ${topic.name} has dropped ${lost} before they were read`);
  });
  for await (const batch of topic.read(offsets, signal)) {
    for (const [partition, messages] of Map.groupBy(batch, ({ partition }) => partition)) {
      const part = await storePart(topic, messages, { ...options, from: known[partition] });
      if (part === undefined) {
        log(`Somebody else stores partition ${partition} of ${topic.name}; reading on after them`);
        return;
      }
      known[partition] = messages[messages.length - 1].offset + 1;
      onBatch();
      onStored?.(part);
    }
    if (signal.aborted) return;
  }
}

/** Stores consecutive messages of a partition; undefined if its offset isn't `from` any more. */
async function storePart(
  topic: Topic,
  messages: readonly TopicMessage[],
  { store, deadLetters, from }: ConsumeOptions & { from: number | undefined },
): Promise<Consumed | undefined> {
  const letters: DeadLetter[] = [];
  const events: NewEvent[] = [];
  const eventAt = messages.map((message) => {
    const result = readMessage(message);
    if ("event" in result) return events.push(result.event) - 1;
    letters.push({ message, reason: result.reason });
  });
  const named = await nameLists(events, { reader: () => readListIds(store) });
  // Before the offset moves: a letter may be there twice, but none is missing.
  if (letters.length > 0) await deadLetters.write(topic.name, letters);
  const stream = streamOf(topic, messages[0].partition);
  const appended = await store.appendStream({
    ...{ stream, from },
    messages: messages.map(({ offset: position }, i) => {
      const at = eventAt[i];
      return at === undefined ? { position } : { position, event: named.events[at] };
    }),
  });
  const { unknownLists } = named;
  return appended && { ...appended, refused: letters.length, unknownLists };
}

/** What the store calls a partition. */
function streamOf({ name }: Topic, partition: number): string {
  return `${name}/${partition}`;
}
