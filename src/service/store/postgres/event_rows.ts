import { withoutRepeats } from "../entries/append_events.ts";
import type { NewEvent, StoredEvent, StoredEventType } from "../entries/stored_event.ts";

/** An event as a statement returns it, without its user. */
export type EventRow = readonly [
  time: number,
  eventId: string,
  received: number,
  productId: string,
  type: StoredEventType,
  session: string | null,
  price: number | null,
  days: number | null,
  listId: string | null,
];

const COLUMNS = "time event_id received product_id type session price days list_id".split(" ");

/**
 * The SQL expression of an {@linkcode EventRow}.
 *
 * @param table The name of the table or subquery.
 */
export function eventJson(table: string): string {
  return `json_build_array(${COLUMNS.map((column) => `${table}.${column}`).join()})`;
}

/** The event of a row. */
export function toEvent(
  userId: string,
  [time, eventId, received, productId, type, session, price, days, listId]: EventRow,
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
    ...(days !== null && { days }),
    ...(listId !== null && { listId }),
  };
}

/** The batch of events that the function `append_events` takes, without repeated ids. */
export function toBatch(events: readonly NewEvent[]): object[] {
  return withoutRepeats(events).map((event) => ({
    user_id: event.userId,
    time: event.time,
    event_id: event.eventId ?? crypto.randomUUID(),
    named: event.eventId !== undefined,
    product_id: event.productId,
    type: event.type,
    session: event.session,
    price: event.price,
    days: event.days,
    list_id: event.listId,
  }));
}
