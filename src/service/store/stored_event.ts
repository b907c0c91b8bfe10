import { EVENT_WEIGHTS, type EventType } from "../../interactions/event_weights.ts";

/** What an event can be: the signs of interest, and a removal, which takes back the cart before it. */
export type StoredEventType = EventType | typeof REMOVAL;

/** The type of an event that takes a product out of the cart; never a sign of interest. */
export const REMOVAL = "remove_from_cart";

/** The values that {@linkcode StoredEventType} can take. */
export const STORED_EVENT_TYPES = [
  ...Object.keys(EVENT_WEIGHTS) as EventType[],
  REMOVAL,
] as const satisfies readonly StoredEventType[];

/** Something that a user did, as it came in. */
export interface StoredEvent {
  readonly userId: string;
  readonly productId: string;
  readonly type: StoredEventType;
  /** When it happened: milliseconds since 1970-01-01 UTC. */
  readonly time: number;
  /** Names the event among those of its user: a second one of the same name is the same event. */
  readonly eventId: string;
  /** When it came in: milliseconds since 1970-01-01 UTC. */
  readonly received: number;
  /** The shop's name of the session. */
  readonly session?: string;
  /** What the product cost then, in the shop's currency. */
  readonly price?: number;
}

/** An event to be stored. Without an `eventId` it can't be recognised when it is sent again. */
export type NewEvent = Omit<StoredEvent, "eventId" | "received"> & { readonly eventId?: string };

/** What the shop says of a product; what is left out stays as it is known. */
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
