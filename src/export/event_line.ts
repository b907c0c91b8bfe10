import type { ProductChange, StoredEvent } from "../service/store/entries/stored_event.ts";

/**
 * A stored event as a line of NDJSON: the names of the shop's own files, which training recognises,
 * and what only the store knows. What isn't known is left out.
 *
 * @param facts What the shop says of the product. An event's own price takes precedence.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const event = { userId: "ann", productId: "7", type: "view" as const, time: 0, received: 1,
 *   eventId: "e1" };
 * assertEquals(JSON.parse(eventLine(event, { brand: "runail" })), {
 *   event_time: "1970-01-01T00:00:00.000Z", event_type: "view", product_id: "7", brand: "runail",
 *   user_id: "ann", event_id: "e1", received_time: "1970-01-01T00:00:00.001Z",
 * });
 * ```
 */
export function eventLine(event: StoredEvent, facts: ProductChange = {}): string {
  const { time, type, productId, userId, session, eventId, listId, days, received } = event;
  const line = {
    event_time: new Date(time).toISOString(),
    event_type: type,
    product_id: productId,
    category_id: facts.categoryId || undefined,
    category_code: facts.category || undefined,
    brand: facts.brand || undefined,
    price: event.price ?? (facts.price || undefined),
    user_id: userId,
    user_session: session,
    title: facts.title || undefined,
    image_url: facts.imageUrl || undefined,
    url: facts.url || undefined,
    event_id: eventId,
    list_id: listId,
    days,
    received_time: new Date(received).toISOString(),
  };
  return `${JSON.stringify(line)}\n`;
}
