/** What a shop can see a user do, weakest sign of interest first. */
export type EventType = "view" | "cart" | "purchase";

/** The implicit rating that each kind of event stands for. */
export const EVENT_WEIGHTS: Readonly<Record<EventType, number>> = { view: 1, cart: 2, purchase: 4 };

/** How several events of one user with one product make one rating: the largest, or their sum. */
export type RatingMode = "max" | "sum";
