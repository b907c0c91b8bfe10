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

/** The history of somebody of whom nothing is known. */
export const EMPTY_HISTORY: History = {
  items: new Uint32Array(0),
  weights: new Float32Array(0),
  times: new Uint32Array(0),
};

/**
 * Gathers a history into one rating per item. Items that the model doesn't know (numbers of `itemCount` and
 * above) are left out.
 *
 * @param itemCount How many items the model knows.
 * @param rating How several events with one item make one rating.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert/equals";
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
  // One number per event, item first and position second, sorts both at once and exactly up to 2⁵³.
  const keys = new Float64Array(items.length);
  for (let i = 0; i < items.length; i++) keys[i] = items[i] * items.length + i;
  sortNumbers(keys);

  const outItems = new Uint32Array(items.length);
  const ratings = new Float32Array(items.length);
  let size = 0;
  for (const key of keys) {
    const position = key % items.length;
    const item = items[position];
    if (item >= itemCount) break;
    if (size > 0 && outItems[size - 1] === item) {
      const sofar = ratings[size - 1];
      const weight = weights[position];
      ratings[size - 1] = rating === "max" ? Math.max(sofar, weight) : sofar + weight;
    } else {
      outItems[size] = item;
      ratings[size++] = weights[position];
    }
  }
  if (rating === "logsum") {
    for (let i = 0; i < size; i++) {
      ratings[i] = Math.log2(1 + ratings[i]);
    }
  }
  return { items: outItems.subarray(0, size), ratings: ratings.subarray(0, size) };
}

/** Lists up to this length are sorted in place faster than the runtime's own way begins. */
const SHORT = 32;

/** Ascending, in place. */
function sortNumbers(values: Float64Array): void {
  if (values.length > SHORT) {
    values.sort();
    return;
  }
  for (let i = 1; i < values.length; i++) {
    const value = values[i];
    let place = i;
    for (; place > 0 && values[place - 1] > value; place--) values[place] = values[place - 1];
    values[place] = value;
  }
}
