import {
  EMPTY_HISTORY,
  type History,
  type Profile,
  sliceHistory,
} from "../interactions/history.ts";
import type { Explanation, Model, ScoreTerm } from "./model.ts";
import { scoreItems } from "./scoring/score_items.ts";

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

/** Maximum number of events that are explained by scoring parts of the history. */
const MAX_STEPS = 20;

/**
 * Splits the scores of some items into the contributions of the history's events; the parts sum to
 * the score. Exact for models that explain themselves, for additive ones, and for sums of these.
 *
 * For a sum of models, with the factors that it has for the whole history, the parts of its terms
 * are summed. For other models, the history is built up from its newest event backwards, and each
 * event gets the increase of the score. Events older than the newest twenty are part of the base.
 */
export function explain(model: Model, history: History, items: Uint32Array): Explanations {
  if (model.explain) return { exact: true, items: model.explain(history, items) };
  if (model.terms) return explainSum(model.terms(history), history, items);
  return explainByParts(model, history, items);
}

function explainSum(
  terms: readonly ScoreTerm[],
  history: History,
  items: Uint32Array,
): Explanations {
  const sums = Array.from(
    items,
    () => ({ base: 0, events: new Float32Array(history.items.length) }),
  );
  let isExact = true;
  for (const { model, factor, constant } of terms) {
    const term = explain(model, history, items);
    isExact &&= term.exact;
    term.items.forEach(({ base, events }, i) => {
      const sum = sums[i];
      sum.base += factor * base + constant;
      for (let event = 0; event < events.length; event++) {
        sum.events[event] += factor * events[event];
      }
    });
  }
  return { exact: isExact, items: sums };
}

function explainByParts(model: Model, history: History, items: Uint32Array): Explanations {
  const events = history.items.length;
  const steps = Math.min(events, MAX_STEPS);
  const buffer = new Float32Array(model.scoreSome ? 0 : model.itemCount);
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
 * Splits contributions of the items of a profile among the events, in proportion to the weights of
 * an item's events. Events of other items get 0.
 *
 * @returns Splits contributions, one per item of the profile, into one per event.
 */
export function shareAmongEvents(
  { items, weights }: History,
  profile: Profile,
): (contributions: ArrayLike<number>) => Float32Array {
  const placeOf = new Map(Array.from(profile.items, (item, place) => [item, place]));
  const totals = new Float64Array(profile.items.length);
  const places = Int32Array.from(items, (item) => placeOf.get(item) ?? -1);
  places.forEach((place, event) => {
    if (place >= 0) totals[place] += weights[event];
  });
  return (contributions) => {
    const parts = new Float32Array(places.length);
    for (let event = 0; event < parts.length; event++) {
      const place = places[event];
      if (place < 0 || totals[place] === 0) continue;
      parts[event] = contributions[place] * weights[event] / totals[place];
    }
    return parts;
  };
}
