import type { History } from "../../interactions/history.ts";

/** The share of each category, by its number; they sum to 1, or there are none. */
export type CategoryShares = ReadonlyMap<number, number>;

/**
 * The shares of categories in a history, each event with its weight. Events with items of unknown
 * category don't count.
 *
 * @param categories One number per item, 0 for an unknown category, as `categoryNumbers()` makes
 *   them.
 *
 * @example One purchase of category 1, and two views of category 2
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const history = { items: Uint32Array.of(0, 1, 1), weights: Float32Array.of(4, 1, 1) };
 * const shares = categoryShares(history, Uint32Array.of(1, 2));
 * assertEquals([...shares], [[1, 4 / 6], [2, 2 / 6]]);
 * ```
 */
export function categoryShares(
  { items, weights }: Pick<History, "items" | "weights">,
  categories: Uint32Array,
): CategoryShares {
  const shares = new Map<number, number>();
  let total = 0;
  for (let event = 0; event < items.length; event++) {
    const category = categories[items[event]];
    if (category === 0) continue;
    total += weights[event];
    shares.set(category, (shares.get(category) ?? 0) + weights[event]);
  }
  for (const [category, sum] of shares) shares.set(category, sum / total);
  return shares;
}
