import type { History } from "./history.ts";
import type { Interactions } from "./interactions.ts";
import type { Sessions } from "./session_events.ts";

/**
 * Without the shop's session ids, a session ends when its user is inactive for longer than this.
 */
export const SESSION_GAP_SECONDS = 30 * 60;

/**
 * How many sessions ago each event of a history was; 0 for those after the last gap.
 *
 * @returns One number per event, in descending order.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(sessionsAgo({ times: Uint32Array.of(0, 60, 86_400) }), Uint32Array.of(1, 1, 0));
 * ```
 */
export function sessionsAgo({ times }: Pick<History, "times">): Uint32Array {
  const ago = new Uint32Array(times.length);
  for (let i = times.length - 2; i >= 0; i--) {
    ago[i] = ago[i + 1] + (times[i + 1] - times[i] > SESSION_GAP_SECONDS ? 1 : 0);
  }
  return ago;
}

/**
 * Groups events by session, ordered by the sessions' ends. Sessions are those of the data or, if it
 * has none, end at gaps longer than {@linkcode SESSION_GAP_SECONDS}; a session never spans two
 * users. Takes time linear in the events, plus sorting the sessions.
 */
export function groupBySession(interactions: Interactions): Sessions {
  const { items, weights } = interactions;
  const { sessionOf, ends } = numberSessions(interactions);
  const indptr = new Uint32Array(ends.length + 1);
  const outEnds = new Uint32Array(ends.length);
  const next = new Uint32Array(ends.length);
  for (const session of sessionOf) next[session]++;
  // Numbers are sorted without a function to compare them, which takes a fraction of the time:
  // end · sessions + session is exact up to 2⁵³.
  const keys = Float64Array.from(ends, (end, session) => end * ends.length + session).sort();
  keys.forEach((key, place) => {
    const session = key % ends.length;
    outEnds[place] = ends[session];
    indptr[place + 1] = indptr[place] + next[session];
    next[session] = indptr[place];
  });
  const outItems = new Uint32Array(items.length);
  const outWeights = new Float32Array(items.length);
  sessionOf.forEach((session, p) => {
    outItems[next[session]] = items[p];
    outWeights[next[session]++] = Math.log2(1 + weights[p]);
  });
  return { indptr, items: outItems, weights: outWeights, ends: outEnds };
}

/**
 * The session of every event, numbered from 0 in order of appearance, and the end of each session.
 */
function numberSessions(
  { indptr, times, sessions }: Interactions,
): { sessionOf: Uint32Array; ends: number[] } {
  const sessionOf = new Uint32Array(times.length);
  const ends: number[] = [];
  const numbers = new Map<number, number>();
  for (let user = 0; user + 1 < indptr.length; user++) {
    numbers.clear();
    let name = 0, session = 0;
    for (let p = indptr[user]; p < indptr[user + 1]; p++) {
      const before = name;
      if (sessions) name = sessions[p];
      else if (p > indptr[user] && times[p] - times[p - 1] > SESSION_GAP_SECONDS) name++;
      // Most events go on with the session of the event before.
      if (p === indptr[user] || name !== before) {
        session = numbers.get(name) ?? ends.push(0) - 1;
        numbers.set(name, session);
      }
      ends[session] = times[p];
      sessionOf[p] = session;
    }
  }
  return { sessionOf, ends };
}
