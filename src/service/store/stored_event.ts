import { EVENT_WEIGHTS, type EventType } from "../../interactions/event_weights.ts";

/**
 * The types of events: signs of interest, and a removal, which cancels the cart event before it.
 */
export type StoredEventType = EventType | typeof REMOVAL;

/** The type of an event that removes a product from the cart; never a sign of interest. */
export const REMOVAL = "remove_from_cart";

/** All values of {@linkcode StoredEventType}. */
export const STORED_EVENT_TYPES = [
  ...Object.keys(EVENT_WEIGHTS) as EventType[],
  REMOVAL,
] as const satisfies readonly StoredEventType[];

/** Something that a user did, as the store holds it. */
export interface StoredEvent {
  readonly userId: string;
  readonly productId: string;
  readonly type: StoredEventType;
  /** When it happened: milliseconds since 1970-01-01 UTC. */
  readonly time: number;
  /** Unique among the user's events: a second event with this id is the same event. */
  readonly eventId: string;
  /** When it was received: milliseconds since 1970-01-01 UTC. */
  readonly received: number;
  /** The shop's id of the session. */
  readonly session?: string;
  /** The product's price at that time, in the shop's currency. */
  readonly price?: number;
}

/** An event to store. Without an `eventId` a repeated event is stored twice. */
export type NewEvent = Omit<StoredEvent, "eventId" | "received"> & { readonly eventId?: string };

/** What the shop says of a product; omitted fields keep their values. */
export interface ProductChange {
  readonly brand?: string;
  /** The category's path. */
  readonly category?: string;
  /** The shop's number of the category. */
  readonly categoryId?: string;
  readonly price?: number;
  readonly title?: string;
  /** Products out of stock are never recommended. */
  readonly inStock?: boolean;
}
