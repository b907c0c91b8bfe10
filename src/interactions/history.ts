import type { RatingMode } from "./event_weights.ts";

/** What one user did, oldest first. Three parallel arrays, one entry per event. */
export interface History {
  /** Item numbers. */
  readonly items: Uint32Array;
  /** Implicit ratings: 1 view, 2 cart, 4 purchase. */
  readonly weights: Float32Array;
  /** Seconds since 1970-01-01 UTC, never falling. */
  readonly times: Uint32Array;
}

/** A user's history without repeats: each item once, ascending, with one rating. */
export interface Profile {
  readonly items: Uint32Array;
  readonly ratings: Float32Array;
}

/** The history of an unknown user. */
export const EMPTY_HISTORY: History = {
  items: new Uint32Array(0),
  weights: new Float32Array(0),
  times: new Uint32Array(0),
};

/** The events from `start` up to `end`, as views; negative numbers count from the end. */
export function sliceHistory(
  { items, weights, times }: History,
  start: number,
  end?: number,
): History {
  return {
    items: items.subarray(start, end),
    weights: weights.subarray(start, end),
    times: times.subarray(start, end),
  };
}

/**
 * Gathers a history into one rating per item. Items that the model doesn't know (numbers of
 * `itemCount` and above) are left out.
 *
 * @param itemCount How many items the model knows.
 * @param rating How several events with one item make one rating.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const history = {
 *   items: Uint32Array.of(7, 2, 7, 99),
 *   weights: Float32Array.of(1, 1, 4, 1),
 *   times: Uint32Array.of(10, 20, 30, 40),
 * };
 * assertEquals(profileOf(history, 50), {
 *   items: Uint32Array.of(2, 7),
 *   ratings: Float32Array.of(1, 4),
 * });
 * ```
 */
export function profileOf(
  { items, weights }: Pick<History, "items" | "weights">,
  itemCount: number,
  rating: RatingMode = "max",
): Profile {
  const gather = profileGatherer({ items, weights }, itemCount, rating, items.length);
  const profile = { items: new Uint32Array(items.length), ratings: new Float32Array(items.length) };
  const size = gather({ start: 0, end: items.length }, profile, 0);
  return { items: profile.items.subarray(0, size), ratings: profile.ratings.subarray(0, size) };
}

/**
 * Gathers one history after another out of long arrays of events, as {@linkcode profileOf} does,
 * without arrays of their own.
 *
 * @param longest How many events a history has at most.
 * @returns A function that writes the profile of the events of a span into arrays, from a place on,
 * and says how many items it has.
 */
export function profileGatherer(
  { items, weights }: Pick<History, "items" | "weights">,
  itemCount: number,
  rating: RatingMode,
  longest: number,
): (span: { start: number; end: number }, into: Profile, at: number) => number {
  const keys = new Float64Array(longest);
  return ({ start, end }, into, at) => {
    // One number per event, item first and position second, sorts both at once and exactly up to
    // 2⁵³.
    const length = end - start;
    for (let i = 0; i < length; i++) keys[i] = items[start + i] * length + i;
    sortNumbers(keys, length);
    const first = at;
    for (let i = 0; i < length; i++) {
      const position = keys[i] % length;
      const item = items[start + position];
      if (item >= itemCount) break;
      const weight = weights[start + position];
      if (at > first && into.items[at - 1] === item) {
        const sofar = into.ratings[at - 1];
        into.ratings[at - 1] = rating === "max" ? Math.max(sofar, weight) : sofar + weight;
      } else {
        into.items[at] = item;
        into.ratings[at++] = weight;
      }
    }
    if (rating === "logsum") {
      for (let i = first; i < at; i++) into.ratings[i] = Math.log2(1 + into.ratings[i]);
    }
    return at - first;
  };
}

/** Lists up to this length are sorted in place faster than the runtime's own way begins. */
const SHORT = 32;

/** Puts the first numbers in ascending order, in place. */
function sortNumbers(values: Float64Array, length: number): void {
  if (length > SHORT) {
    values.subarray(0, length).sort();
    return;
  }
  for (let i = 1; i < length; i++) {
    const value = values[i];
    let place = i;
    for (; place > 0 && values[place - 1] > value; place--) values[place] = values[place - 1];
    values[place] = value;
  }
}
