import { SECONDS_PER_DAY } from "../../base/time.ts";
import type { Sessions } from "../../interactions/session_events.ts";
import type { CodedNumbers } from "../../linalg/coded_numbers.ts";
import { lengthsOf } from "../../linalg/lengths.ts";
import { narrow, type WholeNumbers } from "../../linalg/narrow.ts";
import { groupPositions } from "../../linalg/sparse/group_positions.ts";
import { ByteWriter } from "../../linalg/varint.ts";

/** Sessions, oldest first, and for each item the sessions with it. */
export interface SessionIndex {
  /** Start of each session; sessions + 1 entries. */
  readonly indptr: Uint32Array;
  /** The number of items of each session. */
  readonly lengths: WholeNumbers;
  /** The distinct items of each session, in the order of their last events. */
  readonly items: WholeNumbers;
  /** The largest weight of each item's events in the session. */
  readonly weights: Float32Array | CodedNumbers;
  /** The number of sessions of all items before each item; items + 1 entries. */
  readonly itemIndptr: Uint32Array;
  readonly itemSessions: PackedSessions;
  /** The number of items in the longest session. */
  readonly longest: number;
  /**
   * The first session of each day of 24 hours, counted back from the end of the latest one; days +
   * 1 entries, the last is the number of sessions.
   */
  readonly dayStarts: Uint32Array;
}

/**
 * The sessions of each item, latest first, in about two bytes each: an item's first number is the
 * distance of its latest session from the number of sessions, each further one that from the
 * session before.
 */
export interface PackedSessions {
  /** The first byte of each item; items + 1 entries. */
  readonly starts: Uint32Array;
  readonly bytes: Uint8Array;
}

/** Indexes sessions by their items. */
export function indexSessions(sessions: Sessions, itemCount: number): SessionIndex {
  const { indptr, items, weights } = withoutRepeats(sessions, itemCount);
  const sessionOf = new Uint32Array(items.length);
  for (let s = 0; s + 1 < indptr.length; s++) sessionOf.fill(s, indptr[s], indptr[s + 1]);
  const { indptr: itemIndptr, positions } = groupPositions(items, itemCount);
  const itemSessions = packSessions({
    itemIndptr,
    itemSessions: positions.map((p) => sessionOf[p]),
    sessions: indptr.length - 1,
  });
  return {
    indptr,
    lengths: lengthsOf(indptr),
    items: narrow(items, itemCount),
    weights,
    itemIndptr,
    itemSessions,
    longest: longestSession(indptr),
    dayStarts: startsOfDays(sessions.ends),
  };
}

/** As in {@linkcode SessionIndex.dayStarts}, from the sessions' ends. */
function startsOfDays(ends: Uint32Array): Uint32Array {
  const latest = ends[ends.length - 1];
  const dayOf = (end: number) => Math.floor((latest - end) / SECONDS_PER_DAY);
  const days = dayOf(ends[0]) + 1;
  const starts = new Uint32Array(days + 1);
  for (const end of ends) starts[days - dayOf(end)]++;
  for (let day = 1; day <= days; day++) starts[day] += starts[day - 1];
  return starts;
}

/**
 * Packs the sessions of each item.
 *
 * @param lists `itemSessions`: the sessions of each item, ascending; `sessions`: their number.
 */
export function packSessions(
  { itemIndptr, itemSessions, sessions }: {
    itemIndptr: Uint32Array;
    itemSessions: Uint32Array;
    sessions: number;
  },
): PackedSessions {
  const starts = new Uint32Array(itemIndptr.length);
  const writer = new ByteWriter();
  for (let item = 0; item + 1 < itemIndptr.length; item++) {
    let after = sessions;
    for (let p = itemIndptr[item + 1] - 1; p >= itemIndptr[item]; p--) {
      writer.varint(after - itemSessions[p]);
      after = itemSessions[p];
    }
    starts[item + 1] = writer.length;
  }
  return { starts, bytes: writer.bytes() };
}

/** Keeps the last of each item's events in a session, with the largest weight. */
function withoutRepeats(sessions: Sessions, itemCount: number): Omit<Sessions, "ends"> {
  const count = sessions.indptr.length - 1;
  const indptr = new Uint32Array(count + 1);
  const items = new Uint32Array(sessions.items.length);
  const weights = new Float32Array(sessions.items.length);
  const places = new Uint32Array(itemCount);
  const seenIn = new Uint32Array(itemCount);
  let end = 0;
  for (let s = 0; s < count; s++) {
    for (let p = sessions.indptr[s + 1] - 1; p >= sessions.indptr[s]; p--) {
      const item = sessions.items[p];
      const weight = sessions.weights[p];
      if (seenIn[item] === s + 1) {
        weights[places[item]] = Math.max(weights[places[item]], weight);
        continue;
      }
      seenIn[item] = s + 1;
      places[item] = end;
      weights[end] = weight;
      items[end++] = item;
    }
    items.subarray(indptr[s], end).reverse();
    weights.subarray(indptr[s], end).reverse();
    indptr[s + 1] = end;
  }
  return { indptr, items: items.slice(0, end), weights: weights.slice(0, end) };
}

/** The number of items in the longest session. */
export function longestSession(indptr: Uint32Array): number {
  let longest = 0;
  for (let s = 0; s + 1 < indptr.length; s++) {
    longest = Math.max(longest, indptr[s + 1] - indptr[s]);
  }
  return longest;
}
