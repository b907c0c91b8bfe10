/** The event types that show interest in a product, weakest first. */
export const INTEREST_TYPES = ["view", "cart", "purchase"] as const;

/** One of {@linkcode INTEREST_TYPES}. */
export type EventType = typeof INTEREST_TYPES[number];

/**
 * The event type of a removal from the cart: cancels the preceding cart event and shows no
 * interest.
 */
export const REMOVAL = "remove_from_cart";

/** The event types that training reads. */
export const EVENT_TYPES = [...INTEREST_TYPES, REMOVAL] as const;

/**
 * What users say of a product: `dislike` keeps it out of their lists and lowers those like it,
 * `hide` only keeps it out and says nothing of the user's taste; `undo_dislike` and `undo_hide`
 * withdraw one of them. None is a rating: training ignores them.
 */
export const OPINION_TYPES = ["dislike", "undo_dislike", "hide", "undo_hide"] as const;

/** One of {@linkcode OPINION_TYPES}. */
export type OpinionType = typeof OPINION_TYPES[number];

/** All event types that a shop can send to the service. */
export const RECEIVED_TYPES = [...EVENT_TYPES, ...OPINION_TYPES] as const;

/** Whether events of a type show interest in a product. */
export function isInterest(type: typeof RECEIVED_TYPES[number]): type is EventType {
  return (INTEREST_TYPES as readonly string[]).includes(type);
}

/** Whether events of a type are a user's opinion. */
export function isOpinion(type: typeof RECEIVED_TYPES[number]): type is OpinionType {
  return (OPINION_TYPES as readonly string[]).includes(type);
}

/** The implicit rating of each event type. */
export type EventWeights = Readonly<Record<EventType, number>>;

/** The default ratings of events. */
export const EVENT_WEIGHTS: EventWeights = { view: 1, cart: 2, purchase: 4 };

/**
 * The event type whose weight is nearest to a weight; on a tie, the weaker one.
 *
 * @param eventWeights The weights that the shop gives its events.
 */
export function eventTypeOf(
  weight: number,
  eventWeights: EventWeights = EVENT_WEIGHTS,
): EventType {
  const types = Object.entries(eventWeights) as [EventType, number][];
  const distance = ([, typical]: [EventType, number]) => Math.abs(typical - weight);
  return types.reduce((best, type) => distance(type) < distance(best) ? type : best)[0];
}

/**
 * How a user's events with one product are combined into a rating: the maximum of their weights,
 * the sum, or log₂(1 + sum), which rates a single view 1 and damps repeats.
 */
export const RATING_MODES = ["max", "sum", "logsum"] as const;

/** One of {@linkcode RATING_MODES}. */
export type RatingMode = typeof RATING_MODES[number];
