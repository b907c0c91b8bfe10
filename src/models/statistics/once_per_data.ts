import { groupBySession } from "../../interactions/sessions.ts";
import { type Interactions, ratingMatrix } from "../../interactions/interactions.ts";
import type { RatingMode } from "../../interactions/event_weights.ts";
import type { Sessions } from "../../interactions/session_events.ts";
import type { Csr } from "../../linalg/sparse/csr.ts";

/**
 * Makes a function that computes a result once for each object, and again for none of its callers:
 * models that are fitted to the same data share it. It is released with the object.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * let computed = 0;
 * const lengthOf = oncePer((list: number[]) => (computed++, list.length));
 * const list = [7, 8];
 * assertEquals([lengthOf(list), lengthOf(list), computed], [2, 2, 1]);
 * ```
 */
export function oncePer<Given extends object, Result>(
  compute: (given: Given) => Result,
): (given: Given) => Result {
  const results = new WeakMap<Given, { readonly result: Result }>();
  return (given) => {
    const known = results.get(given) ?? { result: compute(given) };
    results.set(given, known);
    return known.result;
  };
}

const ratingsByMode = oncePer((_: Interactions) => new Map<RatingMode, Csr>());

/** The matrix of `ratingMatrix()`, which several models are fitted to; not to be changed. */
export function ratingsOf(train: Interactions, rating: RatingMode): Csr {
  const ofData = ratingsByMode(train);
  const ratings = ofData.get(rating) ?? ratingMatrix(train, rating);
  ofData.set(rating, ratings);
  return ratings;
}

/** The sessions of `groupBySession()`, from which several models are made; not to be changed. */
export const sessionsOf: (train: Interactions) => Sessions = oncePer(groupBySession);
