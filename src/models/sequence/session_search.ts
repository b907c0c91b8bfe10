import type { RecentItems } from "./recent_items.ts";
import type { SessionIndex } from "./session_index.ts";

/** The latest sessions with an item of a history, latest first; valid until the next search. */
export interface Candidates {
  readonly sessions: Uint32Array;
  /** For each session, the summed weights of the shared items. */
  readonly similarities: Float32Array;
  /**
   * For each session, the position among the recent items, latest first, of the first that it
   * shares.
   */
  readonly matches: Uint8Array;
}

/**
 * Makes a search for sessions with recent items of a history. It merges the items' lists of
 * sessions, latest first, and stops at the sample: it never looks at older sessions.
 *
 * @param sampleSize Maximum number of sessions that a search returns.
 */
export function createSessionSearch(
  { indptr, itemSessions: { starts, bytes } }: SessionIndex,
  sampleSize: number,
): (recent: RecentItems) => Candidates {
  const sessionCount = indptr.length - 1;
  const longest = Math.min(sampleSize, sessionCount);
  const sessions = new Uint32Array(longest);
  const similarities = new Float32Array(longest);
  const matches = new Uint8Array(longest);
  return ({ items, weights }) => {
    const places = items.map((item) => starts[item]);
    const ends = items.map((item) => starts[item + 1]);
    /** The session after another one in a list; -1 if there is none. */
    function nextIn(list: number, session: number): number {
      let at = places[list];
      if (at === ends[list]) return -1;
      let byte = bytes[at++];
      let gap = byte & 127;
      for (let shift = 7; byte >= 128; shift += 7) {
        byte = bytes[at++];
        gap |= (byte & 127) << shift;
      }
      places[list] = at;
      return session - gap;
    }
    const heads = Int32Array.from(items, (_, list) => nextIn(list, sessionCount));
    let count = 0;
    for (; count < longest; count++) {
      let latest = -1, match = 0;
      for (let list = 0; list < heads.length; list++) {
        if (heads[list] <= latest) continue;
        latest = heads[list];
        match = list;
      }
      if (latest < 0) break;
      sessions[count] = latest;
      matches[count] = match;
      similarities[count] = 0;
      for (let list = match; list < heads.length; list++) {
        if (heads[list] !== latest) continue;
        similarities[count] += weights[list];
        heads[list] = nextIn(list, latest);
      }
    }
    return {
      sessions: sessions.subarray(0, count),
      similarities: similarities.subarray(0, count),
      matches: matches.subarray(0, count),
    };
  };
}
