import { MS_PER_DAY } from "../../base/time.ts";
import type { StoredEvent, StoredEventType } from "./stored_event.ts";

/** The version of the layout below; a store of another one is not touched. */
export const SCHEMA_VERSION = 1;

/**
 * Where things are in the store. Events stand user by user in the order of time, so that the newest of a user
 * are read from the end, and a user is forgotten by deleting a prefix.
 *
 * | key | value |
 * | --- | --- |
 * | `schema` | the layout's version |
 * | `event, userId, time, eventId` | the rest of an event |
 * | `id, userId, eventId` | marks a named event as stored |
 * | `user, userId` | changes with every event of the user |
 * | `forgotten, userId` | when the user was forgotten, in milliseconds |
 * | `shown, userId` | what the user was shown lately |
 * | `tally, day, productId, type` | how many such events the product had on that day |
 * | `product, productId` | what the shop said of a product |
 * | `catalogue` | how many changes of products there were |
 * | `change, n` | the product of the nth change |
 */
export const keys = {
  schema: ["schema"],
  events: ["event"],
  eventsOf: (userId: string) => ["event", userId],
  event: ({ userId, time, eventId }: StoredEvent) => ["event", userId, time, eventId],
  eventIdsOf: (userId: string) => ["id", userId],
  eventId: (userId: string, eventId: string) => ["id", userId, eventId],
  user: (userId: string) => ["user", userId],
  allForgotten: ["forgotten"],
  forgotten: (userId: string) => ["forgotten", userId],
  shown: (userId: string) => ["shown", userId],
  tallies: ["tally"],
  tallyDay: (day: number) => ["tally", day],
  tally: (day: number, productId: string, type: StoredEventType) => ["tally", day, productId, type],
  products: ["product"],
  product: (productId: string) => ["product", productId],
  catalogue: ["catalogue"],
  changes: ["change"],
  change: (n: number) => ["change", n],
} as const;

/** Whole days since 1970-01-01 UTC. */
export function dayOf(ms: number): number {
  return Math.floor(ms / MS_PER_DAY);
}
