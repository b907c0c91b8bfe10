import { EMPTY_HISTORY, type History, type Profile } from "../interactions/history.ts";
import type { Explanation, Model } from "./model.ts";

/** Explanations of some items, and what they are worth. */
export interface Explanations {
  /**
   * Whether the parts are those of the formula, as for linear models. Otherwise a part is what its event added
   * to the newer ones: of events that tell the same, the newest gets most.
   */
  readonly exact: boolean;
  /** One for each item. */
  readonly items: readonly Explanation[];
}

/** A step costs as much as a list. */
const MOST_STEPS = 100;

/**
 * Takes the scores of some items apart into what each event of the history contributed; the parts sum to the
 * score. Exact for models that explain themselves and for additive ones. For others, and for the latter too,
 * the history is built up from its newest event back, and each event gets what the score rose by; beyond the
 * newest hundred events all older ones together are in the base.
 */
export function explain(model: Model, history: History, items: Uint32Array): Explanations {
  if (model.explain) return { exact: true, items: model.explain(history, items) };
  const events = history.items.length;
  const steps = Math.min(events, MOST_STEPS);
  const scores = new Float32Array(model.itemCount);
  const scoresOf = (part: History): Float32Array => {
    model.score(part, scores);
    return Float32Array.from(items, (item) => scores[item]);
  };
  const nothing = scoresOf(EMPTY_HISTORY);
  const parts = items.length > 0 ? Array.from(items, () => new Float32Array(events)) : [];
  let before = nothing;
  for (let step = 1; step <= steps; step++) {
    const now = scoresOf(newest(history, step));
    parts.forEach((part, i) => part[events - step] = now[i] - before[i]);
    before = now;
  }
  const all = steps < events ? scoresOf(history) : before;
  return {
    exact: model.additive === true && steps === events,
    items: parts.map((part, i) => ({ base: nothing[i] + all[i] - before[i], events: part })),
  };
}

function newest({ items, weights, times }: History, count: number): History {
  return {
    items: items.subarray(items.length - count),
    weights: weights.subarray(items.length - count),
    times: times.subarray(items.length - count),
  };
}

/**
 * Shares what each item of a profile contributes among the events that made it, by their weights.
 *
 * @param contributions One for each item of the profile.
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
