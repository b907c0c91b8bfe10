import type { RatingMode } from "./event_weights.ts";

/** The events of one user, oldest first, in three parallel arrays. */
export interface History {
  /** Item numbers. */
  readonly items: Uint32Array;
  /** Implicit ratings: 1 view, 2 cart, 4 purchase. */
  readonly weights: Float32Array;
  /** Seconds since 1970-01-01 UTC, in ascending order. */
  readonly times: Uint32Array;
}

/** A history without repeats: each item once, in ascending order, with one rating. */
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
 * The events from a time on and before another, in seconds, as views.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const history = {
 *   items: Uint32Array.of(7, 8, 9),
 *   weights: Float32Array.of(1, 1, 1),
 *   times: Uint32Array.of(10, 20, 30),
 * };
 * assertEquals(betweenTimes(history, { from: 20 }).items, Uint32Array.of(8, 9));
 * assertEquals(betweenTimes(history, { from: 5, to: 20 }).items, Uint32Array.of(7));
 * ```
 */
export function betweenTimes(
  history: History,
  { from, to = Infinity }: { from: number; to?: number },
): History {
  const placeOf = (limit: number) => {
    const place = history.times.findIndex((time) => time >= limit);
    return place < 0 ? history.times.length : place;
  };
  return sliceHistory(history, placeOf(from), placeOf(to));
}

/**
 * The events with other items.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const history = {
 *   items: Uint32Array.of(7, 8, 7),
 *   weights: Float32Array.of(1, 2, 4),
 *   times: Uint32Array.of(10, 20, 30),
 * };
 * assertEquals(withoutItems(history, new Set([7])), {
 *   items: Uint32Array.of(8),
 *   weights: Float32Array.of(2),
 *   times: Uint32Array.of(20),
 * });
 * ```
 */
export function withoutItems(history: History, omitted: ReadonlySet<number>): History {
  if (omitted.size === 0) return history;
  const isKept = (_: number, i: number) => !omitted.has(history.items[i]);
  return {
    items: history.items.filter(isKept),
    weights: history.weights.filter(isKept),
    times: history.times.filter(isKept),
  };
}

/** The events of several histories in the order of their times; ties as the histories are given. */
export function joinHistories(histories: readonly History[]): History {
  const events = histories.flatMap(({ items, weights, times }) =>
    Array.from(items, (item, i) => ({ item, weight: weights[i], time: times[i] }))
  ).sort((a, b) => a.time - b.time);
  return {
    items: Uint32Array.from(events, ({ item }) => item),
    weights: Float32Array.from(events, ({ weight }) => weight),
    times: Uint32Array.from(events, ({ time }) => time),
  };
}

/**
 * Aggregates a history into one rating per item. Items that the model doesn't know, with numbers of
 * `itemCount` and above, are omitted.
 *
 * @param itemCount Number of items that the model knows.
 * @param rating How several events with one item are combined into a rating.
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
 * Makes a function that aggregates spans of long event arrays like {@linkcode profileOf}, but
 * without allocating arrays.
 *
 * @param longest Maximum number of events in a span.
 * @returns A function that writes the profile of a span into arrays, starting at a position, and
 * returns its number of items.
 */
export function profileGatherer(
  { items, weights }: Pick<History, "items" | "weights">,
  itemCount: number,
  rating: RatingMode,
  longest: number,
): (span: { start: number; end: number }, into: Profile, at: number) => number {
  const keys = new Float64Array(longest);
  return ({ start, end }, into, at) => {
    // Sorts one number per event, item · length + position, which is exact up to 2⁵³.
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
        const before = into.ratings[at - 1];
        into.ratings[at - 1] = rating === "max" ? Math.max(before, weight) : before + weight;
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

/** Up to this length an insertion sort beats the built-in sort. */
const SHORT = 32;

/** Sorts the first `length` numbers in place, ascending. */
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
