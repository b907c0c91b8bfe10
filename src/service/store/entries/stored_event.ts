import type { z } from "zod";
import type { Exposure } from "../../../experiments/exposures/exposure.ts";
import type { RECEIVED_TYPES } from "../../../interactions/event_weights.ts";
import type { shopEvent } from "../../schema/events.ts";
import type { productChange } from "../../schema/products.ts";

/**
 * An event's type: a sign of interest, a removal, which cancels the cart before it, or an opinion.
 */
export type StoredEventType = typeof RECEIVED_TYPES[number];

type SentEvent = Readonly<z.output<typeof shopEvent>>;

/** A stored event: what the shop sent, with its times and an id. */
export interface StoredEvent
  extends Pick<SentEvent, "userId" | "productId" | "type" | "price" | "days"> {
  /** When it happened: milliseconds since 1970-01-01 UTC. */
  readonly time: number;
  /** Identifies the event among its user's: another one with this id is a duplicate. */
  readonly eventId: string;
  /** When it arrived: milliseconds since 1970-01-01 UTC. */
  readonly received: number;
  /** Whose it was when it was stored, if users were merged since. */
  readonly origin?: string;
  /** The list that it came from, as {@linkcode StoredExposure} names it. */
  readonly listId?: string;
  /** The shop's id of the visit. */
  readonly session?: SentEvent["sessionId"];
}

/** An event to store. Without an `eventId` it isn't recognized when it is sent again. */
export type NewEvent = Omit<StoredEvent, "eventId" | "received" | "origin"> & {
  readonly eventId?: string;
};

/** A stored list that a user was shown. */
export interface StoredExposure extends Exposure {
  /** When it arrived: milliseconds since 1970-01-01 UTC. */
  readonly received: number;
}

/**
 * New facts about a product; omitted fields keep their values. An empty text takes one back that
 * the artifact or an earlier change has.
 */
export type ProductChange = Readonly<z.output<typeof productChange>> & {
  /** Whether the shop has deleted it. */
  readonly deleted?: boolean;
};
