import { EVENT_WEIGHTS } from "../interactions/event_weights.ts";
import type { History } from "../interactions/history.ts";
import { firstWhere, type Ranked, requirePlaces, topK } from "../linalg/top_k.ts";
import { markedItems, markItems } from "../interactions/item_marks.ts";
import type { Scorer } from "./scoring/scorer.ts";

/** Which of the user's own products to omit from a list. */
export type Exclude = "seen" | "purchased" | "none";

/** The values of {@linkcode Exclude}. */
export const EXCLUDES = ["seen", "purchased", "none"] as const satisfies readonly Exclude[];

/** What a list contains, and how long it is. */
export interface RankOptions {
  /** Length of the list; at least 1. It is shorter only if fewer items are allowed. Default 10. */
  k?: number;
  /** Default `"seen"`: only items that are new to the user. */
  exclude?: Exclude;
  /** The weight from which an event is a purchase. Default 4. */
  purchaseWeight?: number;
  /** Items to omit besides the user's own, ascending, each once. Default none. */
  hidden?: Uint32Array;
  /** Reused memory, overwritten; as long as the model has items. Default: allocated when needed. */
  buffer?: Float32Array;
}

/** Below this share of allowed items, they are scored one by one. */
const FEW = 1 / 16;

const NONE = new Uint32Array(0);

/**
 * The top k items for one user, best first; ties in item order. All lists are made here, offline
 * and live.
 *
 * The result equals scoring every item, hiding some and sorting the rest, but is computed in the
 * cheapest way that the model offers: by scoring the allowed items if they are few, else by the
 * model's own ranking, else by scoring every item.
 *
 * @throws {RangeError} If `k` is not a positive whole number.
 */
export function rank(model: Scorer, history: History, options: RankOptions = {}): Ranked {
  return rankBatch(model, [history], options)[0];
}

/**
 * The lists that {@linkcode rank} makes for several users; faster if the model ranks users
 * together.
 *
 * @throws {RangeError} If `k` is not a positive whole number.
 */
export function rankBatch(
  model: Scorer,
  histories: readonly History[],
  options: RankOptions = {},
): Ranked[] {
  const { k = 10, hidden = NONE } = options;
  if (model.scoreSome && model.itemCount - hidden.length < FEW * model.itemCount) {
    const allowed = markedItems(markItems(hidden, model.itemCount), 0);
    return histories.map((history) => rankFew(model, history, allowed, options));
  }
  if (model.rankBatch) {
    const all = histories.map((history) => join(ownItems(history, options), hidden));
    return model.rankBatch(histories, all, k);
  }
  const { buffer = new Float32Array(model.itemCount) } = options;
  return histories.map((history) => {
    model.score(history, buffer);
    return rankScores(buffer, history, options);
  });
}

function rankFew(
  model: Scorer,
  history: History,
  allowed: Uint32Array,
  { k = 10, ...options }: RankOptions,
): Ranked {
  const own = ownItems(history, options);
  const items = allowed.filter((item) => !own.includes(item));
  const { indices, scores } = topK(model.scoreSome!(history, items), k);
  return { indices: indices.map((place) => items[place]), scores };
}

/**
 * The list that {@linkcode rank} makes, from scores that were computed before.
 *
 * @param scores One per item; those of hidden items are set to `-Infinity`.
 */
export function rankScores(
  scores: Float32Array,
  history: History,
  { k = 10, hidden = NONE, ...options }: Omit<RankOptions, "buffer"> = {},
): Ranked {
  for (let i = 0; i < hidden.length; i++) scores[hidden[i]] = -Infinity;
  for (const item of ownItems(history, options)) {
    if (item < scores.length) scores[item] = -Infinity;
  }
  return topK(scores, k);
}

/** Two lists of one user. */
export interface RankedTwice {
  /** The best of all items. */
  readonly all: Ranked;
  /** The best of the items that are new to the user. */
  readonly unseen: Ranked;
}

/**
 * The lists that {@linkcode rankBatch} makes with `exclude` `"none"` and `"seen"`; a model that has
 * to score every item does so once per user.
 *
 * @throws {RangeError} If `k` is not a positive whole number.
 */
export function rankTwice(
  model: Scorer,
  histories: readonly History[],
  { k = 10, buffer = new Float32Array(model.itemCount) }: Pick<RankOptions, "k" | "buffer"> = {},
): RankedTwice[] {
  if (model.rankBatch) {
    // Each history twice in a row: models may score it once.
    const twice = histories.flatMap((history) => [history, history]);
    const hidden = histories.flatMap(({ items }) => [NONE, items]);
    const lists = model.rankBatch(twice, hidden, k);
    return histories.map((_, i) => ({ all: lists[2 * i], unseen: lists[2 * i + 1] }));
  }
  requirePlaces(k);
  return histories.map((history) => {
    model.score(history, buffer);
    const own = new Set(history.items);
    // Without the user's own items, at least k of these remain.
    const best = topK(buffer, k + own.size);
    return { all: firstWhere(best, k), unseen: firstWhere(best, k, (item) => !own.has(item)) };
  });
}

/** The user's own items to hide; may repeat. */
export function ownItems(
  { items, weights }: History,
  { exclude = "seen", purchaseWeight = EVENT_WEIGHTS.purchase }: RankOptions,
): Uint32Array {
  if (exclude === "seen") return items;
  if (exclude === "none") return NONE;
  // Weights are stored in single precision: 4.1 is at least 4.1 only if both are rounded.
  const leastWeight = Math.fround(purchaseWeight);
  return items.filter((_, i) => weights[i] >= leastWeight);
}

function join(first: Uint32Array, second: Uint32Array): Uint32Array {
  if (second.length === 0) return first;
  const both = new Uint32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
