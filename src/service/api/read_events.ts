import { MOST_EVENTS, shopEvent } from "../schema/events.ts";
import type { NewEvent } from "../store/entries/stored_event.ts";
import { type EntryKind, type ReadEntries, readEntries } from "./read_entries.ts";

const EVENTS: EntryKind<typeof shopEvent> = {
  noun: "event",
  advice: 'send one event, for example {"userId":"ann","productId":"7","type":"view"}, a JSON ' +
    "array or one per line",
  rule: shopEvent,
  most: MOST_EVENTS,
};

/**
 * Reads the events of a request as {@linkcode readEntries} does.
 *
 * @param now The time of events without one, in milliseconds since 1970-01-01 UTC.
 * @throws {ProblemError} 400 if the text holds no events; 413 if it holds more than 1,000.
 */
export function readEvents(body: string, now: number): ReadEntries<NewEvent> {
  const { entries, refused } = readEntries(body, EVENTS);
  return {
    refused,
    entries: entries.map(({ sessionId, time = now, ...rest }) => ({
      ...rest,
      time,
      ...(sessionId !== undefined && { session: sessionId }),
    })),
  };
}
