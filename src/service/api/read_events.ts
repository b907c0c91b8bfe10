import { parseJson, requireShallow, tooLarge } from "../http/body.ts";
import { type Fault, faultOf } from "../http/parameters.ts";
import { ProblemError, type Refusal } from "../http/problem.ts";
import { STATUS_CODE } from "../../base/std/http.ts";
import { MOST_EVENTS, shopEvent } from "../schema/events.ts";
import type { NewEvent } from "../store/entries/stored_event.ts";

const NONE = "The body must hold at least one event, got an empty list; send one event, " +
  'for example {"userId":"ann","productId":"7","type":"view"}, a JSON array or one per line';

/** The valid events of a request, and why the others were refused. */
export interface ReadEvents {
  readonly events: readonly NewEvent[];
  readonly refused: readonly Refusal[];
}

/**
 * Reads one event as JSON, several as a JSON array, or one per line (NDJSON). Each is checked on
 * its own.
 *
 * @param now The time of events without one, in milliseconds since 1970-01-01 UTC.
 * @throws {ProblemError} 400 if the text is none of these or contains no event; 413 if it contains
 *   more than 1,000.
 */
export function readEvents(body: string, now: number): ReadEvents {
  const entries = readEntries(body);
  if (entries.length === 0) {
    throw new ProblemError({ status: STATUS_CODE.BadRequest, detail: NONE });
  }
  if (entries.length > MOST_EVENTS) {
    throw tooLarge(`A request may carry at most ${MOST_EVENTS} events, got ${entries.length}`);
  }
  const events: NewEvent[] = [];
  const refused: Refusal[] = [];
  entries.forEach((entry, index) => {
    const read = readEvent(entry, now);
    if ("detail" in read) refused.push({ index, ...read });
    else events.push(read);
  });
  return { events, refused };
}

/** A line of NDJSON that isn't JSON. */
class MalformedLine {}

function readEntries(body: string): unknown[] {
  requireShallow(body);
  const lines = body.split("\n").filter((line) => line.trim() !== "");
  const whole = parseLine(body);
  if (whole instanceof MalformedLine) {
    // NDJSON starts with a complete object; anything else is truncated JSON.
    const isLines = lines.length > 1 && lines[0].trimStart().startsWith("{") &&
      !(parseLine(lines[0]) instanceof MalformedLine);
    return isLines ? lines.map(parseLine) : [parseJson(body)];
  }
  return Array.isArray(whole) ? whole : [whole];
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return new MalformedLine();
  }
}

function readEvent(entry: unknown, now: number): NewEvent | Fault {
  if (entry instanceof MalformedLine) return { detail: "The line must be a JSON object" };
  const { data, error } = shopEvent.safeParse(entry);
  if (!data) return faultOf(error, entry);
  const { sessionId, time = now, ...rest } = data;
  return { ...rest, time, ...(sessionId !== undefined && { session: sessionId }) };
}
