import type { Ranked } from "../../linalg/top_k.ts";

/** How many of every {@linkcode PLACES} places go to products by their descriptions alone. */
const MOST = 2;
const PLACES = 10;

/**
 * How many products of which events say nothing or little a list has at most, unless a rule on new
 * arrivals says otherwise: two for every ten places. Otherwise nothing but their number would bound
 * them: a thousand near copies of a liked product took all places.
 *
 * @param places How many places the list has.
 */
export function mostArrivals(places: number): number {
  return MOST * Math.ceil(places / PLACES);
}

/**
 * Merges two lists so that of the places 1 to 10, 11 to 20 and so on at most two are arrivals'. The
 * first places of a longer list are those of a shorter one. Ends where the others do.
 *
 * @param k How many places at most.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const arrivals = { indices: Uint32Array.of(7, 8, 9), scores: Float32Array.of(6, 5, 4) };
 * const others = { indices: Uint32Array.of(1, 2), scores: Float32Array.of(5.5, 3) };
 * assertEquals(mergeArrivals(arrivals, others, 5).indices, Uint32Array.of(7, 1, 8, 2));
 * ```
 */
export function mergeArrivals(arrivals: Ranked, others: Ranked, k: number): Ranked {
  const indices: number[] = [], scores: number[] = [];
  let taken = 0, a = 0, o = 0;
  while (indices.length < k) {
    if (indices.length % PLACES === 0) taken = 0;
    const mayTake = taken < MOST && a < arrivals.indices.length;
    if (o === others.indices.length && !mayTake) break;
    const takes = mayTake &&
      (o === others.indices.length || arrivals.scores[a] > others.scores[o]);
    const [list, at] = takes ? [arrivals, a++] : [others, o++];
    if (takes) taken++;
    indices.push(list.indices[at]);
    scores.push(list.scores[at]);
  }
  return { indices: Uint32Array.from(indices), scores: Float32Array.from(scores) };
}

/** The first items of a list, of those that are kept. */
export function firstOf(
  { indices, scores }: Ranked,
  k: number,
  isKept: (item: number) => boolean,
): Ranked {
  const places: number[] = [];
  for (let place = 0; place < indices.length && places.length < k; place++) {
    if (isKept(indices[place])) places.push(place);
  }
  return {
    indices: Uint32Array.from(places, (place) => indices[place]),
    scores: Float32Array.from(places, (place) => scores[place]),
  };
}
