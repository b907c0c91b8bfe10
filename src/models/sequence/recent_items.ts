import type { History } from "../../interactions/history.ts";
import { sessionsAgo } from "../../interactions/sessions.ts";

/** How {@linkcode recentItems} weighs a history. */
export interface RecentItemsOptions {
  /** Weight of each item relative to the next one, from 0 to 1. */
  readonly decay: number;
  /**
   * Weight of each session's items relative to the next session's, from 0 to 1, besides `decay`.
   */
  readonly sessionDecay: number;
}

/** The last distinct items of a history, latest first, and their weights. */
export interface RecentItems {
  readonly items: Uint32Array;
  /** Above 0, never increasing; the first is 1. */
  readonly weights: Float32Array;
}

/** Maximum number of recent items, whatever their weights, to bound the time of scoring. */
export const MOST_RECENT = 50;

/**
 * The items that a history ended with: the n-th last distinct item, s sessions ago, has the weight
 * decayⁿ · sessionDecayˢ, n and s from 0. Items numbered `itemCount` and above are skipped.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const history = {
 *   items: Uint32Array.of(7, 3, 7, 8),
 *   weights: Float32Array.of(1, 1, 1, 1),
 *   times: Uint32Array.of(0, 10, 90_000, 90_010),
 * };
 * assertEquals(recentItems(history, 10, { decay: 0.5, sessionDecay: 0.5 }), {
 *   items: Uint32Array.of(8, 7, 3),
 *   weights: Float32Array.of(1, 0.5, 0.125),
 * });
 * ```
 */
export function recentItems(
  history: History,
  itemCount: number,
  { decay, sessionDecay }: RecentItemsOptions,
): RecentItems {
  const ago = sessionsAgo(history);
  const items = new Uint32Array(MOST_RECENT);
  const weights = new Float32Array(MOST_RECENT);
  let count = 0;
  for (let i = ago.length - 1; i >= 0 && count < MOST_RECENT; i--) {
    const item = history.items[i];
    if (item >= itemCount || items.subarray(0, count).includes(item)) continue;
    weights[count] = decay ** count * sessionDecay ** ago[i];
    if (weights[count] === 0) break;
    items[count++] = item;
  }
  return { items: items.subarray(0, count), weights: weights.subarray(0, count) };
}
