/** What a shop can see a user do, weakest sign of interest first. */
export type EventType = "view" | "cart" | "purchase";

/** The implicit rating that each kind of event stands for. */
export type EventWeights = Readonly<Record<EventType, number>>;

/** The ratings that events have unless told otherwise: 1, 2 and 4. */
export const EVENT_WEIGHTS: EventWeights = { view: 1, cart: 2, purchase: 4 };

/**
 * How several events of one user with one product make one rating: the largest of their weights, the sum, or
 * log₂(1 + sum), which keeps a single view at 1 and damps the hundredth.
 */
export const RATING_MODES = ["max", "sum", "logsum"] as const;

/** One of {@linkcode RATING_MODES}. */
export type RatingMode = typeof RATING_MODES[number];
