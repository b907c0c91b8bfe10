/** The event types that show interest in a product, weakest first. */
export const INTEREST_TYPES = ["view", "cart", "purchase"] as const;

/** One of {@linkcode INTEREST_TYPES}. */
export type EventType = typeof INTEREST_TYPES[number];

/** The type of an event that takes a product out of the cart: cancels the cart before it, shows no interest. */
export const REMOVAL = "remove_from_cart";

/** All event types that a shop can send. */
export const EVENT_TYPES = [...INTEREST_TYPES, REMOVAL] as const;

/** The implicit rating that each type of event stands for. */
export type EventWeights = Readonly<Record<EventType, number>>;

/** The default ratings of events. */
export const EVENT_WEIGHTS: EventWeights = { view: 1, cart: 2, purchase: 4 };

/**
 * How several events of one user with one product make one rating: the largest of their weights, the sum, or
 * log₂(1 + sum), which keeps a single view at 1 and damps the hundredth.
 */
export const RATING_MODES = ["max", "sum", "logsum"] as const;

/** One of {@linkcode RATING_MODES}. */
export type RatingMode = typeof RATING_MODES[number];
