import type { Sessions } from "../../interactions/session_events.ts";

/** Events of one session after another, oldest first. */
export type SessionEvents = {
  readonly item: Int32Array;
  readonly weight: Float32Array;
  /** When the event's session ends, in seconds since 1970-01-01 UTC. */
  readonly ends: Float64Array;
  /** 1 for the first event of a session, else 0. */
  readonly begins: Int32Array;
};

/** Joins events to sessions, as `groupBySession()` does. */
export async function collectSessions(batches: AsyncIterable<SessionEvents>): Promise<Sessions> {
  const parts: SessionEvents[] = [];
  let events = 0, sessions = 0;
  for await (const part of batches) {
    parts.push(part);
    events += part.item.length;
    sessions = part.begins.reduce((sum, one) => sum + one, sessions);
  }
  const items = new Uint32Array(events);
  const weights = new Float32Array(events);
  const indptr = new Uint32Array(sessions + 1);
  const ends = new Uint32Array(sessions);
  let at = 0, session = 0;
  for (const part of parts) {
    for (let p = 0; p < part.item.length; p++, at++) {
      if (part.begins[p] === 1) {
        indptr[session] = at;
        ends[session++] = part.ends[p];
      }
      items[at] = part.item[p];
      weights[at] = Math.log2(1 + part.weight[p]);
    }
  }
  indptr[sessions] = events;
  return { indptr, items, weights, ends };
}
