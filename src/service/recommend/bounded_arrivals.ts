import { markedItems, markItems } from "../../interactions/item_marks.ts";
import { firstWhere, mergeRanked, type Ranked } from "../../linalg/top_k.ts";
import type { Scorer } from "../../models/scoring/scorer.ts";
import type { UncertainProducts } from "./uncertain_products.ts";

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

/** How a list is bounded. */
export interface ArrivalBounds {
  /** The length of the list. */
  readonly k: number;
  /** Items to omit. Default none. */
  readonly hidden?: Uint32Array;
  /**
   * How many arrivals there are at most among candidates that are reordered. Default each ten
   * places have their two.
   */
  readonly mostOfPool?: number;
}

/**
 * A list with at most {@linkcode mostArrivals} uncertain products. Others take the places of those
 * beyond; they are ranked only if there are such.
 *
 * @param rankWithout Ranks all products but some.
 */
export function boundArrivals(
  uncertain: UncertainProducts,
  { k, hidden = new Uint32Array(0), mostOfPool }: ArrivalBounds,
  rankWithout: (hidden: Uint32Array) => Ranked,
): Ranked {
  const ranked = rankWithout(hidden);
  if (uncertain.items.length === 0) return ranked;
  const arrivals = firstWhere(ranked, k, (item) => uncertain.has(item));
  if (arrivals.indices.length <= mostArrivals(1)) return ranked;
  const others = rankWithout(withUncertain(hidden, uncertain));
  return mostOfPool === undefined
    ? mergeArrivals(arrivals, others, k)
    : mergeRanked(firstWhere(arrivals, mostOfPool), others, k);
}

/** Items to hide and all uncertain ones, ascending, each once; a filter hides nearly all. */
function withUncertain(hidden: Uint32Array, { items, size }: UncertainProducts): Uint32Array {
  if (hidden.length === 0) return items;
  const isOut = markItems(hidden, size);
  for (const item of items) isOut[item] = 1;
  return markedItems(isOut);
}

/** A scorer of all products but the uncertain ones. */
export function withoutArrivals({ items }: UncertainProducts, scorer: Scorer): Scorer {
  return {
    itemCount: scorer.itemCount,
    noSignal: scorer.noSignal,
    score(history, scores) {
      scorer.score(history, scores);
      for (const item of items) scores[item] = -Infinity;
    },
  };
}
