import type { CategoryShares } from "./category_shares.ts";

/** How much of the user's shares is mixed into the list's, so that no category has a share of 0. */
const SMOOTHING = 0.01;

/** The largest error: no item of the list is in one of the user's categories. */
export const WORST_CALIBRATION = Math.log(1 / SMOOTHING);

/** A list that grows item by item, and how far its categories are from the user's. */
export interface CalibratedList {
  /** The error so far: {@linkcode WORST_CALIBRATION} without an item of a known category. */
  error(): number;
  /** The error with one more item. Constant time, after the first call since the last item. */
  errorWith(item: number): number;
  add(item: number): void;
}

/**
 * Starts a list whose calibration error is known at every length: the Kullback–Leibler divergence
 * of the categories' shares in the list, q, from those in the user's history, p (Steck,
 * "Calibrated Recommendations", RecSys 2018):
 *
 *   Σ_c p_c · ln(p_c / q̃_c),   q̃ = (1 − α)·q + α·p,   α = 0.01
 *
 * 0 if the shares are equal. Items of unknown category don't count.
 *
 * @param shares The user's; not empty.
 * @param categories One number per item, 0 for an unknown category.
 *
 * @example Half of the user's events are in category 1, but the whole list is
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const list = calibratedList(new Map([[1, 0.5], [2, 0.5]]), Uint32Array.of(1, 2));
 * list.add(0);
 * // q̃ is 0.995 and 0.005.
 * const error = 0.5 * Math.log(0.5 / 0.995) + 0.5 * Math.log(0.5 / 0.005);
 * assertAlmostEquals(list.error(), error, 1e-12);
 * assertAlmostEquals(list.errorWith(1), 0, 1e-12);
 * ```
 */
export function calibratedList(shares: CategoryShares, categories: Uint32Array): CalibratedList {
  const counts = new Map<number, number>();
  let size = 0;
  let current: number | undefined;
  /** The error if the list were one item longer, in none of the user's categories. */
  let diluted: number | undefined;

  const part = (share: number, count: number, size: number) => {
    const listShare = size === 0 ? 0 : count / size;
    return share * Math.log(share / ((1 - SMOOTHING) * listShare + SMOOTHING * share));
  };
  const errorOf = (size: number) => {
    let error = 0;
    for (const [category, share] of shares) {
      error += part(share, counts.get(category) ?? 0, size);
    }
    return error;
  };
  const error = () => current ??= errorOf(size);
  return {
    error,
    errorWith(item) {
      const category = categories[item];
      if (category === 0) return error();
      diluted ??= errorOf(size + 1);
      const share = shares.get(category);
      if (share === undefined) return diluted;
      const count = counts.get(category) ?? 0;
      return diluted + part(share, count + 1, size + 1) -
        part(share, count, size + 1);
    },
    add(item) {
      const category = categories[item];
      if (category === 0) return;
      counts.set(category, (counts.get(category) ?? 0) + 1);
      size++;
      current = diluted = undefined;
    },
  };
}

/**
 * The calibration error of a whole list, see {@linkcode calibratedList}.
 *
 * @returns `undefined` if the user has no shares or the list no item.
 */
export function calibrationError(
  shares: CategoryShares,
  items: ArrayLike<number>,
  categories: Uint32Array,
): number | undefined {
  if (shares.size === 0 || items.length === 0) return undefined;
  const list = calibratedList(shares, categories);
  for (let i = 0; i < items.length; i++) list.add(items[i]);
  return list.error();
}
