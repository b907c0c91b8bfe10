import { SECONDS_PER_DAY } from "../../base/time.ts";
import type { Interactions } from "../../interactions/interactions.ts";

/** How long after its first event a basket takes more products, in seconds. */
export const BASKET_SECONDS = SECONDS_PER_DAY;

/** Larger baskets are mostly of resellers and bots, and would dominate the pairs. */
export const MOST_PRODUCTS = 50;

/** Products that were together: those of basket `b` at `indptr[b]` up to `indptr[b + 1]`. */
export interface Baskets {
  /** The start of each basket; baskets + 1 entries. */
  readonly indptr: Uint32Array;
  /** Item numbers, each once per basket, in the order of their first events. */
  readonly items: Uint32Array;
  /** Time of each basket's first event, in seconds since 1970 UTC. */
  readonly times: Uint32Array;
  /** Baskets of more than {@linkcode MOST_PRODUCTS} products, which were omitted. */
  readonly omitted: number;
}

/**
 * What each user put together: a basket begins with an event and takes the user's events of the
 * next 24 hours, which is a session and what soon follows it. Baskets of one product are left out.
 *
 * @param options `weights`: the weights of the events that count, for example those of carts and
 * purchases.
 */
export function basketsOf(
  { indptr, items, weights, times }: Pick<Interactions, "indptr" | "items" | "weights" | "times">,
  { weights: counting }: { weights: readonly number[] },
): Baskets {
  const counted = counting.map(Math.fround);
  const outItems: number[] = [];
  const starts = [0];
  const outTimes: number[] = [];
  let omitted = 0;
  const basket = new Set<number>();
  let began = 0;
  const close = () => {
    if (basket.size > MOST_PRODUCTS) omitted++;
    else if (basket.size > 1) {
      for (const item of basket) outItems.push(item);
      starts.push(outItems.length);
      outTimes.push(began);
    }
    basket.clear();
  };
  for (let user = 0; user + 1 < indptr.length; user++) {
    for (let p = indptr[user]; p < indptr[user + 1]; p++) {
      if (!counted.includes(weights[p])) continue;
      if (basket.size > 0 && times[p] - began > BASKET_SECONDS) close();
      if (basket.size === 0) began = times[p];
      basket.add(items[p]);
    }
    close();
  }
  return {
    indptr: Uint32Array.from(starts),
    items: Uint32Array.from(outItems),
    times: Uint32Array.from(outTimes),
    omitted,
  };
}
