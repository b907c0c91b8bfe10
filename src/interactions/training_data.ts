import { SECONDS_PER_DAY } from "../base/time.ts";
import { activeTimeOf } from "./active_time.ts";
import { EVENT_WEIGHTS, type EventWeights, INTEREST_TYPES } from "./event_weights.ts";
import { InputError } from "../base/input_error.ts";
import { fadeWeights } from "./fade_weights.ts";
import { type Interactions, sliceByTime } from "./interactions.ts";
import { timeSpan } from "./split.ts";

/** How the training data of all models is prepared. */
export interface TrainingDataOptions {
  /** Models learn from the last n days of active time only. Default all. */
  windowDays?: number;
  /**
   * The age in days of active time at which an event's weight is halved. Default `Infinity`: age
   * doesn't matter.
   */
  halfLifeDays?: number;
}

/**
 * Prepares interactions for training: drops old events and decays weights with age, both in active
 * time (see {@linkcode activeTimeOf}). The histories that models score from aren't prepared, so a
 * user's own events keep their full weights.
 *
 * @throws {InputError} If an option is not above 0, or weights are to fade that aren't here.
 */
export function prepareTraining(
  interactions: Interactions,
  { windowDays = Infinity, halfLifeDays = Infinity }: TrainingDataOptions = {},
): Interactions {
  for (const [name, days] of Object.entries({ windowDays, halfLifeDays })) {
    if (!(days > 0)) {
      throw new InputError(`Cannot prepare training: ${name} must be above 0, got ${days}`);
    }
  }
  if (windowDays === Infinity && halfLifeDays === Infinity) return interactions;
  const all = interactions.statistics ?? interactions;
  if (interactions.statistics && halfLifeDays !== Infinity) {
    throw new InputError(
      "Cannot fade events (--half-life) whose sums a cluster makes: leave out --sums, or use " +
        "the models' own half-lives (--tuned)",
    );
  }
  const { last } = timeSpan(all);
  const active = activeTimeOf(all);
  const recent = windowDays === Infinity ? interactions : sliceByTime(interactions, {
    from: active.before(last + 1, windowDays * SECONDS_PER_DAY),
  });
  return fadeWeights(recent, { ageOf: (time) => active.between(time, last), halfLifeDays });
}

/**
 * Replaces the weights of views, carts and purchases.
 *
 * @param interactions With the default weights, {@linkcode EVENT_WEIGHTS}.
 * @throws {InputError} If a weight isn't finite and above 0, or that of a purchase isn't the
 * largest.
 */
export function reweigh<Kind extends Interactions>(
  interactions: Kind,
  eventWeights: EventWeights,
): Kind {
  const { view, cart, purchase } = eventWeights;
  for (const [type, weight] of Object.entries(eventWeights)) {
    if (!(weight > 0 && Number.isFinite(weight))) {
      throw new InputError(
        `Cannot weigh events: the weight of a ${type} must be a number above 0, got ${weight}`,
      );
    }
  }
  if (!(purchase > view && purchase > cart)) {
    throw new InputError(
      `Cannot weigh events: a purchase must weigh more than a view and a cart, ` +
        `got ${view}, ${cart} and ${purchase}`,
    );
  }
  const newWeights = new Map(
    INTEREST_TYPES.map((type) => [EVENT_WEIGHTS[type], eventWeights[type]]),
  );
  return {
    ...interactions,
    weights: interactions.weights.map((weight) => newWeights.get(weight) ?? weight),
  };
}
