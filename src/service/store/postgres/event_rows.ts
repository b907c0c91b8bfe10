import type { StoredEvent, StoredEventType } from "../entries/stored_event.ts";

/** An event as a statement returns it, without its user. */
export type EventRow = readonly [
  time: number,
  eventId: string,
  received: number,
  productId: string,
  type: StoredEventType,
  session: string | null,
  price: number | null,
];

/**
 * The SQL expression of an {@linkcode EventRow}.
 *
 * @param table The name of the table or subquery.
 */
export function eventJson(table: string): string {
  const columns = ["time", "event_id", "received", "product_id", "type", "session", "price"];
  return `json_build_array(${columns.map((column) => `${table}.${column}`).join()})`;
}

/** The event of a row. */
export function toEvent(
  userId: string,
  [time, eventId, received, productId, type, session, price]: EventRow,
): StoredEvent {
  return {
    userId,
    time,
    eventId,
    productId,
    type,
    received,
    ...(session !== null && { session }),
    ...(price !== null && { price }),
  };
}
