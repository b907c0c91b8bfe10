import { EVENT_WEIGHTS, type EventWeights, INTEREST_TYPES } from "./event_weights.ts";
import { InputError } from "../base/input_error.ts";
import { type Interactions, sliceByTime } from "./interactions.ts";
import { timeSpan } from "./split.ts";

/** How the past is prepared before any model learns from it. */
export interface TrainingDataOptions {
  /** Only the last so many days are learned from. Default all. */
  windowDays?: number;
  /** After this many days an event weighs half. Default `Infinity`: age doesn't matter. */
  halfLifeDays?: number;
}

const SECONDS_PER_DAY = 86_400;

/**
 * Prepares interactions for training: forgets what is too old and lets weights fade with age. Histories that
 * models score from are not prepared: a user's own past keeps its full weights.
 *
 * @throws {InputError} If an option is not above 0.
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
  const { last } = timeSpan(interactions);
  const recent = windowDays === Infinity
    ? interactions
    : sliceByTime(interactions, { from: last + 1 - windowDays * SECONDS_PER_DAY });
  if (halfLifeDays === Infinity) return recent;
  // w · 2^(−age / half-life), age measured back from the last event
  const weights = recent.weights.map((weight, i) =>
    weight * 2 ** ((recent.times[i] - last) / SECONDS_PER_DAY / halfLifeDays)
  );
  return { ...recent, weights };
}

/**
 * Gives views, carts and purchases other weights than 1, 2 and 4.
 *
 * @param interactions With the weights that {@linkcode EVENT_WEIGHTS} says.
 * @throws {InputError} If a weight is not above 0 and finite, or a purchase doesn't weigh most.
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
