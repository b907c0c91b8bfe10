import { attributeEvents, type AttributionOptions } from "../../experiments/exposures/attribute.ts";
import type { Exposure, Outcome } from "../../experiments/exposures/exposure.ts";
import type { EventStore } from "../store/event_store.ts";
import type { StoredEvent, StoredExposure } from "../store/entries/stored_event.ts";

/** What was shown to a user, what came of it, and all that they did. */
export interface UserExposures {
  readonly userId: string;
  /** In chronological order, each with its outcomes. */
  readonly lists: readonly { readonly exposure: Exposure; readonly outcomes: readonly Outcome[] }[];
  /** All of the user's stored events, oldest first. */
  readonly events: readonly StoredEvent[];
}

/** How {@linkcode readUserExposures} reads. */
export interface ReadingOptions extends AttributionOptions {
  /** The price of a product where an event has none. Default unknown. */
  readonly priceOf?: (productId: string) => number | undefined;
}

/**
 * Reads everyone who was shown a list, one user after another: exposures and events, both sorted by
 * user, are joined as they are read, so that memory holds one user at a time. Reads the whole
 * store.
 */
export async function* readUserExposures(
  store: EventStore,
  { priceOf = () => undefined, ...attribution }: ReadingOptions = {},
): AsyncGenerator<UserExposures> {
  const events = byUser(store.events());
  let next = await events.next();
  for await (const { userId, items } of byUser(store.exposures())) {
    while (!next.done && comesBefore(next.value.userId, userId)) next = await events.next();
    const own = !next.done && next.value.userId === userId ? next.value.items : [];
    const priced = own.map((event) => ({
      ...event,
      price: event.price ?? priceOf(event.productId),
    }));
    const exposures = items.map(({ received: _, ...exposure }: StoredExposure) => exposure);
    yield { userId, lists: attributeEvents(exposures, priced, attribution), events: priced };
  }
  await events.return(undefined);
}

/** Consecutive items of one user together. */
async function* byUser<Item extends { readonly userId: string }>(
  items: AsyncGenerator<Item>,
): AsyncGenerator<{ userId: string; items: Item[] }, undefined, undefined> {
  let current: { userId: string; items: Item[] } | undefined;
  for await (const item of items) {
    if (current?.userId === item.userId) {
      current.items.push(item);
      continue;
    }
    if (current) yield current;
    current = { userId: item.userId, items: [item] };
  }
  if (current) yield current;
}

/**
 * Whether one id comes before another in the order of stores, that of UTF-8 bytes. It differs from
 * that of UTF-16 where one has a surrogate, of a code point above all others.
 */
export function comesBefore(a: string, b: string): boolean {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return aboveAll(x) === aboveAll(y) ? x < y : aboveAll(y);
  }
  return a.length < b.length;
}

function aboveAll(code: number): boolean {
  return code >= 0xd800 && code < 0xe000;
}
