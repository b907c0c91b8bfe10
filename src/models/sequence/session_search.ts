import type { RecentItems } from "./recent_items.ts";
import type { SessionIndex } from "./session_index.ts";

/** The latest sessions with an item of a history, latest first. */
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
 * sessions from their ends, and stops at the sample: it never looks at older sessions.
 *
 * @param sampleSize Maximum number of sessions that a search returns.
 */
export function createSessionSearch(
  { itemIndptr, itemSessions }: SessionIndex,
  sampleSize: number,
): (recent: RecentItems) => Candidates {
  return ({ items, weights }) => {
    const starts = items.map((item) => itemIndptr[item]);
    const ends = items.map((item) => itemIndptr[item + 1]);
    const most = ends.reduce((sum, end, list) => sum + end - starts[list], 0);
    const sessions = new Uint32Array(Math.min(sampleSize, most));
    const similarities = new Float32Array(sessions.length);
    const matches = new Uint8Array(sessions.length);
    /** The latest session of a list that isn't taken yet; -1 if there is none. */
    const headOf = (list: number) => ends[list] > starts[list] ? itemSessions[ends[list] - 1] : -1;
    const heads = Int32Array.from(items, (_, list) => headOf(list));
    let count = 0;
    for (; count < sessions.length; count++) {
      let latest = -1, match = 0;
      for (let list = 0; list < heads.length; list++) {
        if (heads[list] > latest) [latest, match] = [heads[list], list];
      }
      if (latest < 0) break;
      sessions[count] = latest;
      matches[count] = match;
      for (let list = match; list < heads.length; list++) {
        if (heads[list] !== latest) continue;
        similarities[count] += weights[list];
        ends[list]--;
        heads[list] = headOf(list);
      }
    }
    return {
      sessions: sessions.subarray(0, count),
      similarities: similarities.subarray(0, count),
      matches: matches.subarray(0, count),
    };
  };
}
