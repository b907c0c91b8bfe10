import {
  EMPTY_HISTORY,
  type History,
  type Profile,
  sliceHistory,
} from "../interactions/history.ts";
import type { Explanation, Model } from "./model.ts";
import { scoreItems } from "./score_items.ts";

/** Explanations of the scores of some items. */
export interface Explanations {
  /**
   * Whether the parts are terms of the model's formula. Otherwise a part is what its event adds to
   * the newer events, so among redundant events the newest gets the most.
   */
  readonly exact: boolean;
  /** One per item, in the order of the items. */
  readonly items: readonly Explanation[];
}

/** Maximum number of events explained one by one; each costs as much as a list. */
const MAX_STEPS = 20;

/**
 * Splits the scores of some items into the contributions of the history's events; the parts sum to
 * the score. Exact for models that explain themselves and for additive ones.
 *
 * For models that don't explain themselves, the history is built up from its newest event
 * backwards, and each event gets the increase of the score. Events older than the newest twenty
 * are part of the base.
 */
export function explain(model: Model, history: History, items: Uint32Array): Explanations {
  if (model.explain) return { exact: true, items: model.explain(history, items) };
  const events = history.items.length;
  const steps = Math.min(events, MAX_STEPS);
  const buffer = new Float32Array(model.itemCount);
  const scoresOf = (part: History) => scoreItems(model, part, items, buffer);
  const empty = scoresOf(EMPTY_HISTORY);
  const parts = items.length > 0 ? Array.from(items, () => new Float32Array(events)) : [];
  let before = empty;
  for (let step = 1; step <= steps; step++) {
    const now = scoresOf(sliceHistory(history, -step));
    parts.forEach((part, i) => part[events - step] = now[i] - before[i]);
    before = now;
  }
  const all = steps < events ? scoresOf(history) : before;
  return {
    exact: model.additive === true && steps === events,
    items: parts.map((part, i) => ({ base: empty[i] + all[i] - before[i], events: part })),
  };
}

/**
 * Splits the contribution of each item of a profile among the item's events, in proportion to their
 * weights. Events of other items get 0.
 *
 * @param contributions One per item of the profile.
 * @returns One per event.
 */
export function shareAmongEvents(
  { items, weights }: History,
  profile: Profile,
  contributions: ArrayLike<number>,
): Float32Array {
  const places = new Map(Array.from(profile.items, (item, place) => [item, place]));
  const totals = new Float64Array(profile.items.length);
  items.forEach((item, event) => totals[places.get(item) ?? NaN] += weights[event]);
  return Float32Array.from(items, (item, event) => {
    const place = places.get(item);
    if (place === undefined || totals[place] === 0) return 0;
    return contributions[place] * weights[event] / totals[place];
  });
}
