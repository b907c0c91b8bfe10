import { discount } from "../../linalg/discounted_gain.ts";

/** What a hit on each item is worth; `NaN` where nobody knows. */
export type ItemGains = Float64Array;

/** A ranked list, and what the user went on to do. */
export interface JudgedList {
  /** Item numbers, best first; only the first `k` count. */
  readonly ranked: Uint32Array;
  readonly relevant: ReadonlySet<number>;
  readonly k: number;
}

/** Recall and NDCG of a list with gains that differ by item; shares from 0 to 1. */
export interface GainedList {
  /** The gains of the hits over those of all relevant items. */
  readonly recall: number;
  /** The discounted gains of the hits over those of the best list possible. */
  readonly ndcg: number;
}

/**
 * Measures a list by graded gains (Järvelin and Kekäläinen 2002) instead of counting hits. With
 * equal gains, the figures are recall and NDCG as they are. Relevant items of unknown gain are left
 * out: neither a hit on one nor a miss changes the figures.
 *
 * @returns `undefined` if no relevant item has a known gain above 0.
 *
 * @example The more expensive of two items was found, at rank 2
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const list = { ranked: Uint32Array.of(0, 1), relevant: new Set([1, 2]), k: 2 };
 * const { recall, ndcg } = measureGains(list, Float64Array.of(5, 30, 10))!;
 * const best = 30 + 10 / Math.log2(3);
 * assertEquals([recall, ndcg], [30 / 40, 30 / Math.log2(3) / best]);
 * ```
 */
export function measureGains(
  { ranked, relevant, k }: JudgedList,
  gains: ItemGains,
): GainedList | undefined {
  let total = 0;
  for (const item of relevant) if (gains[item] > 0) total += gains[item];
  if (total === 0) return undefined;
  let found = 0, discounted = 0;
  for (let rank = 1; rank <= Math.min(k, ranked.length); rank++) {
    const item = ranked[rank - 1];
    if (!relevant.has(item) || !(gains[item] > 0)) continue;
    found += gains[item];
    discounted += gains[item] * discount(rank);
  }
  if (found === 0) return { recall: 0, ndcg: 0 };
  return { recall: found / total, ndcg: discounted / bestGain(relevant, gains, k) };
}

/** The discounted gain of the list that has the largest gains first. */
function bestGain(relevant: ReadonlySet<number>, gains: ItemGains, k: number): number {
  const known = Float64Array.from(relevant, (item) => gains[item]).filter((gain) => gain > 0);
  return known.sort().reverse().subarray(0, k)
    .reduce((sum, gain, place) => sum + gain * discount(place + 1), 0);
}

/**
 * The power of an item's popularity that the chance to observe an event with it is taken to grow
 * with by default.
 */
export const PROPENSITY_POWER = 0.5;

/**
 * Gains that discount popularity: one over each item's propensity, the chance that a liked item is
 * found at all, up to a factor. Propensities can't be observed; they are taken to grow with a power
 * of the number of users who knew the item (Yang et al., "Unbiased Offline Recommender Evaluation
 * for Missing-Not-At-Random Implicit Feedback", RecSys 2018; the power {@linkcode PROPENSITY_POWER}
 * as in Saito et al., "Unbiased Recommender Learning from Missing-Not-At-Random Implicit Feedback",
 * WSDM 2020). An item that no user knew counts as known by one. A user's figure divides by the sum
 * of the gains of what the user went on to: the self-normalised estimator of Yang et al.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(inversePropensities(Uint32Array.of(4, 1, 0)), Float64Array.of(0.5, 1, 1));
 * ```
 *
 * @param power At 0 all items count the same, at 1 each user who knew an item divides its gain.
 */
export function inversePropensities(
  usersOfItem: Uint32Array,
  power: number = PROPENSITY_POWER,
): ItemGains {
  return Float64Array.from(usersOfItem, (users) => Math.max(1, users) ** -power);
}

/** Prices or other values of products as gains; one that isn't above 0 counts as unknown. */
export function valueGains(values: Float32Array): ItemGains {
  return Float64Array.from(values, (value) => value > 0 ? value : NaN);
}
