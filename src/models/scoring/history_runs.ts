import type { History } from "../../interactions/history.ts";
import { mergeRanked, type Ranked, topAmong } from "../../linalg/top_k.ts";

/** A history that follows itself: the places from `start` up to `end`. */
export interface HistoryRun {
  readonly history: History;
  readonly start: number;
  readonly end: number;
}

/** The runs of equal histories, in order; equal means the same object. */
export function historyRuns(histories: readonly History[]): HistoryRun[] {
  const runs: HistoryRun[] = [];
  for (let start = 0, end: number; start < histories.length; start = end) {
    const history = histories[start];
    end = start + 1;
    while (end < histories.length && histories[end] === history) end++;
    runs.push({ history, start, end });
  }
  return runs;
}

/**
 * Whether a list hides nothing and is followed by one of the same history that hides something:
 * then {@linkcode withHidden} makes it of that one, for less than ranking again.
 */
export function isFollowed(
  { end }: HistoryRun,
  hidden: readonly Uint32Array[],
  place: number,
): boolean {
  return hidden[place].length === 0 && place + 1 < end;
}

/**
 * The top k of all items, from the top k without some of them.
 *
 * @param hidden The items that are missing; may repeat and be unknown.
 * @param scoresOf The scores of items, in their order.
 */
export function withHidden(
  list: Ranked,
  { hidden, k, itemCount }: { hidden: Uint32Array; k: number; itemCount: number },
  scoresOf: (items: Uint32Array) => Float32Array,
): Ranked {
  const items = Uint32Array.from(new Set(hidden)).filter((item) => item < itemCount);
  return mergeRanked(list, topAmong({ items, scores: scoresOf(items) }, k), k);
}
