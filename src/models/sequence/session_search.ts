import { largest } from "../../linalg/largest.ts";
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
 * Makes a search for sessions with recent items of a history. Its calls share buffers with one
 * entry per session.
 *
 * @param sampleSize Maximum number of sessions that a search returns.
 */
export function createSessionSearch(
  { indptr, itemIndptr, itemSessions }: SessionIndex,
  sampleSize: number,
): (recent: RecentItems) => Candidates {
  const similarityOf = new Float32Array(indptr.length - 1);
  const matchOf = new Uint8Array(indptr.length - 1);
  const found = new Uint32Array(indptr.length - 1);
  return ({ items, weights }) => {
    let count = 0;
    for (let place = 0; place < items.length; place++) {
      const end = itemIndptr[items[place] + 1];
      for (let p = Math.max(itemIndptr[items[place]], end - sampleSize); p < end; p++) {
        const session = itemSessions[p];
        if (similarityOf[session] === 0) {
          found[count++] = session;
          matchOf[session] = place;
        }
        similarityOf[session] += weights[place];
      }
    }
    const reached = found.subarray(0, count);
    const sessions = largest(reached, sampleSize).slice();
    const similarities = new Float32Array(sessions.length);
    const matches = new Uint8Array(sessions.length);
    for (let c = 0; c < sessions.length; c++) {
      similarities[c] = similarityOf[sessions[c]];
      matches[c] = matchOf[sessions[c]];
    }
    for (let c = 0; c < count; c++) similarityOf[reached[c]] = 0;
    return { sessions, similarities, matches };
  };
}
