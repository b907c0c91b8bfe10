import { EVENT_WEIGHTS } from "../interactions/event_weights.ts";
import type { History } from "../interactions/history.ts";
import { type Ranked, topK } from "../linalg/top_k.ts";
import type { Model } from "./model.ts";

/** Which of a user's own products to leave out of the list. */
export type Exclude = "seen" | "purchased" | "none";

/** The values that {@linkcode Exclude} can take. */
export const EXCLUDES = ["seen", "purchased", "none"] as const satisfies readonly Exclude[];

/** How {@linkcode recommend} makes a list. */
export interface RecommendOptions {
  /** How many items; at least 1. Fewer come back only when no more are allowed. Default 10. */
  k?: number;
  /** Default `"seen"`: only products that are new to the user. */
  exclude?: Exclude;
  /** From which weight on an event is a purchase. Default 4. */
  purchaseWeight?: number;
  /** Reused between calls to save memory; its length is the model's item count. */
  buffer?: Float32Array;
}

/**
 * The best items for what one user did, best first. The one path by which lists are made, offline and live.
 *
 * @throws {RangeError} If `k` is not a positive whole number.
 */
export function recommend(
  model: Model,
  history: History,
  { buffer = new Float32Array(model.itemCount), ...options }: RecommendOptions = {},
): Ranked {
  model.score(history, buffer);
  return rankScores(buffer, history, options);
}

/**
 * The same lists as {@linkcode recommend} makes, for several users at once: faster where the model can rank
 * without scoring every item.
 *
 * @throws {RangeError} If `k` is not a positive whole number.
 */
export function recommendBatch(
  model: Model,
  histories: readonly History[],
  { buffer = new Float32Array(model.itemCount), ...options }: RecommendOptions = {},
): Ranked[] {
  return model.rankBatch?.(
    histories,
    histories.map((own) => hiddenItems(own, options)),
    options.k ?? 10,
  ) ??
    histories.map((history) => recommend(model, history, { buffer, ...options }));
}

/**
 * The second half of {@linkcode recommend}, for scores that are there already: leaves out what the user is
 * not to be shown and takes the best of the rest.
 *
 * @param scores One per item; what is left out becomes `-Infinity`.
 */
export function rankScores(
  scores: Float32Array,
  history: History,
  { k = 10, ...options }: Omit<RecommendOptions, "buffer"> = {},
): Ranked {
  for (const item of hiddenItems(history, options)) {
    if (item < scores.length) scores[item] = -Infinity;
  }
  return topK(scores, k);
}

/** What of his own the user is not to be shown; items may stand twice. */
export function hiddenItems(
  { items, weights }: History,
  { exclude = "seen", purchaseWeight = EVENT_WEIGHTS.purchase }: RecommendOptions,
): Uint32Array {
  if (exclude === "seen") return items;
  if (exclude === "none") return new Uint32Array(0);
  // Weights are kept in single precision: 4.1 is not at least 4.1 there unless both are rounded.
  const leastWeight = Math.fround(purchaseWeight);
  return items.filter((_, i) => weights[i] >= leastWeight);
}
