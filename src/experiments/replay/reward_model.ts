/** A product at a place of a list, and what it brought. */
export interface RewardedPlace {
  readonly productId: string;
  /** From 1. */
  readonly position: number;
  readonly reward: number;
}

/** Guesses what a product would bring at a place. */
export type GuessReward = (place: Omit<RewardedPlace, "reward">) => number;

/** How many expected rewards of its own a product needs to count as much as all products do. */
const SHRINKAGE = 5;

/**
 * Fits a model of rewards: the mean at a place, times how much more the product brought than others
 * would have at its places, shrunk towards 1 (empirical Bayes with a gamma prior, as for Poisson
 * rates; DuMouchel 1999):
 *
 *   mean(position) · (Σ reward + s·m) / (Σ mean(position) + s·m)
 *
 * with sums over where the product was shown, s = 5, and m the mean of the rewards above 0.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // Shown ten times each at the first place; product a was clicked every time, product b never.
 * const places = Array.from({ length: 20 }, (_, i) => ({
 *   productId: i % 2 === 0 ? "a" : "b",
 *   position: 1,
 *   reward: i % 2 === 0 ? 1 : 0,
 * }));
 * const guess = fitRewards(places);
 * // The mean is 0.5 and 5 clicks were expected: 0.5 · (10 + 5) / (5 + 5).
 * assertAlmostEquals(guess({ productId: "a", position: 1 }), 0.75);
 * assertAlmostEquals(guess({ productId: "new", position: 1 }), 0.5);
 * ```
 */
export function fitRewards(places: readonly RewardedPlace[]): GuessReward {
  const byPosition = new Map<number, { shown: number; reward: number }>();
  let total = 0, rewarded = 0;
  for (const { position, reward } of places) {
    const sums = getOrAdd(byPosition, position, () => ({ shown: 0, reward: 0 }));
    sums.shown++;
    sums.reward += reward;
    total += reward;
    if (reward > 0) rewarded++;
  }
  const overall = places.length > 0 ? total / places.length : 0;
  const meanAt = (position: number) => {
    const sums = byPosition.get(position);
    return sums ? sums.reward / sums.shown : overall;
  };
  const prior = rewarded > 0 ? SHRINKAGE * total / rewarded : 1;
  const byProduct = new Map<string, { reward: number; expected: number }>();
  for (const { productId, position, reward } of places) {
    const sums = getOrAdd(byProduct, productId, () => ({ reward: 0, expected: 0 }));
    sums.reward += reward;
    sums.expected += meanAt(position);
  }
  return ({ productId, position }) => {
    const { reward, expected } = byProduct.get(productId) ?? { reward: 0, expected: 0 };
    return meanAt(position) * (reward + prior) / (expected + prior);
  };
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, value = make());
  return value;
}
