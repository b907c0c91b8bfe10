import { MS_PER_DAY } from "../../../base/time.ts";
import type { StoredEvent, StoredEventType } from "./stored_event.ts";

/** The version of the layout below; a store with another layout is refused. */
export const SCHEMA_VERSION = 1;

/**
 * The layout of the store. Events are sorted by user, then by time, so that a user's newest are
 * read from the end and a user is forgotten by deleting a prefix.
 *
 * | key | value |
 * | --- | --- |
 * | `schema` | the layout's version |
 * | `event, userId, time, eventId` | the rest of an event |
 * | `id, userId, eventId` | the time of an event with an id; marks the id as stored |
 * | `user, userId` | written with each event of the user, so its version changes |
 * | `purchase, userId, productId` | when the user's last purchase of the product arrived |
 * | `opinion, userId, time, eventId` | the user's opinion of a product: the value of the event |
 * | `indexed` | whether all events are indexed; those of earlier programs are at the first start |
 * | `forgotten, userId` | when the user was forgotten, in milliseconds |
 * | `merged, userId, otherId` | when events of the user became the other one's |
 * | `absorbed, otherId, userId` | the same, by the other user |
 * | `shown, userId` | which products the user was shown within a day |
 * | `tally, day, productId, type` | how many events of the type the product had on that day |
 * | `recent, second, batch, n` | product and type of an event, for 90 days; `batch` is random |
 * | `product, productId` | what the shop says of a product |
 * | `catalogue` | how many changes of products there have been |
 * | `change, n` | the product of the nth change; empty if it changed a rule or an experiment |
 * | `rule, name` | a rule of the shop's |
 * | `experiment, name` | an experiment of the shop's |
 * | `exposure, userId, listId` | a list that the user was shown |
 * | `listKey` | the secret that signs the ids of lists |
 * | `purge` | present if deleted data is to be removed from the file; when it was deleted last |
 * | `stream, name` | up to which position a stream of events has been stored |
 * | `probe` | written to check that the store can be written |
 */
export const keys = {
  schema: ["schema"],
  events: ["event"],
  eventsOf: (userId: string) => ["event", userId],
  event: ({ userId, time, eventId }: StoredEvent) => ["event", userId, time, eventId],
  eventIdsOf: (userId: string) => ["id", userId],
  eventId: (userId: string, eventId: string) => ["id", userId, eventId],
  users: ["user"],
  user: (userId: string) => ["user", userId],
  purchasesOf: (userId: string) => ["purchase", userId],
  purchase: (userId: string, productId: string) => ["purchase", userId, productId],
  opinionsOf: (userId: string) => ["opinion", userId],
  opinion: ({ userId, time, eventId }: StoredEvent) => ["opinion", userId, time, eventId],
  indexed: ["indexed"],
  allForgotten: ["forgotten"],
  forgotten: (userId: string) => ["forgotten", userId],
  mergedFrom: (userId: string) => ["merged", userId],
  merged: (userId: string, otherId: string) => ["merged", userId, otherId],
  absorbedBy: (userId: string) => ["absorbed", userId],
  absorbed: (userId: string, otherId: string) => ["absorbed", userId, otherId],
  shown: (userId: string) => ["shown", userId],
  tallyDay: (day: number) => ["tally", day],
  tally: (day: number, productId: string, type: StoredEventType) => ["tally", day, productId, type],
  recents: ["recent"],
  recentFrom: (second: number) => ["recent", second],
  recent: (second: number, batch: Uint8Array, n: number) => ["recent", second, batch, n],
  products: ["product"],
  product: (productId: string) => ["product", productId],
  catalogue: ["catalogue"],
  changes: ["change"],
  change: (n: number) => ["change", n],
  rules: ["rule"],
  rule: (name: string) => ["rule", name],
  experiments: ["experiment"],
  experiment: (name: string) => ["experiment", name],
  exposures: ["exposure"],
  exposuresOf: (userId: string) => ["exposure", userId],
  exposure: (userId: string, listId: string) => ["exposure", userId, listId],
  listKey: ["listKey"],
  purge: ["purge"],
  stream: (name: string) => ["stream", name],
  probe: ["probe"],
} as const;

/** Whole days since 1970-01-01 UTC. */
export function dayOf(ms: number): number {
  return Math.floor(ms / MS_PER_DAY);
}
