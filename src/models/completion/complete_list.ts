import type { History } from "../../interactions/history.ts";
import { firstWhere, type Ranked } from "../../linalg/top_k.ts";
import type { Scorer } from "../scoring/scorer.ts";
import { rank, type RankOptions } from "../rank.ts";

/**
 * Who put an item on a list: the model or, where it has nothing more to say, what is popular in the
 * user's categories, what is like the user's products, or what is popular.
 */
export const SOURCES = ["model", "category", "content", "popularity"] as const;

/** One of {@linkcode SOURCES}. */
export type Source = typeof SOURCES[number];

/** One of the scorers that complete a list, tried in their order. */
export interface Supplement {
  readonly source: Source;
  readonly scorer: Scorer;
}

/** A list in which every item names its source; scores compare within a source. */
export interface CompleteList extends Ranked {
  readonly sources: readonly Source[];
}

/**
 * The part of a list that its model recommends: up to the first item that scores no more than
 * {@linkcode Scorer.noSignal}. What follows is in the order of item numbers, which means nothing.
 */
export function recommendedPart(list: Ranked, { noSignal = -Infinity }: Scorer): Ranked {
  const end = list.scores.findIndex((score) => score <= noSignal);
  if (end < 0) return list;
  return { indices: list.indices.subarray(0, end), scores: list.scores.subarray(0, end) };
}

/**
 * Fills the places that a model leaves empty. All lists are completed here, offline and live.
 *
 * @param list What the model recommends, see {@linkcode recommendedPart}.
 * @param options Those that the list was made with.
 * @param supplements Only asked for if there are empty places.
 */
export function completeList(
  list: Ranked,
  history: History,
  options: RankOptions,
  supplements: () => Iterable<Supplement>,
): CompleteList {
  const { k = 10 } = options;
  const sources = Array.from(list.indices, (): Source => "model");
  if (list.indices.length >= k) return { ...list, sources };
  const indices = [...list.indices], scores = [...list.scores];
  for (const { source, scorer } of supplements()) {
    if (indices.length >= k) break;
    // Even if all items so far are among them, k are enough.
    const best = recommendedPart(rank(scorer, history, options), scorer);
    const listed = new Set(indices);
    const more = firstWhere(best, k - indices.length, (item) => !listed.has(item));
    indices.push(...more.indices);
    scores.push(...more.scores);
    sources.push(...Array.from(more.indices, () => source));
  }
  return { indices: Uint32Array.from(indices), scores: Float32Array.from(scores), sources };
}
