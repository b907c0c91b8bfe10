import { type EventWeights, REMOVAL } from "../../interactions/event_weights.ts";
import type { History } from "../../interactions/history.ts";
import type { StoredEvent } from "../store/stored_event.ts";

/** What {@linkcode liveHistory} needs to read events. */
export interface LiveHistoryOptions {
  /** The number of a product, or -1 for one that isn't known. */
  indexOf(productId: string): number;
  eventWeights: EventWeights;
  /** Milliseconds since 1970-01-01 UTC; what was trained on and happened before doesn't count. */
  forgottenAt?: number;
}

/**
 * A user's history as it is now: what the artifact holds and what came in since, in the order of time.
 *
 * - An event that the artifact holds as well (the same product, second and weight) counts once: a model may
 *   have been trained on events that came in here.
 * - A removal takes back the latest cart before it of the same product (and session, where both have one).
 * - Products that aren't known are left out; the store keeps their events.
 *
 * @param trained What the artifact holds of the user.
 * @param events What came in, in the order of time.
 */
export function liveHistory(
  trained: History,
  events: readonly Omit<StoredEvent, "userId" | "eventId" | "received">[],
  { indexOf, eventWeights, forgottenAt }: LiveHistoryOptions,
): History {
  const kept = forgottenAt === undefined ? trained : since(trained, forgottenAt / 1000);
  if (events.length === 0) return kept;
  const held = new Set(
    Array.from(kept.items, (item, i) => eventKey(item, kept.times[i], kept.weights[i])),
  );
  const merged = Array.from(kept.items, (item, i) => ({
    item,
    time: kept.times[i],
    weight: kept.weights[i],
  }));
  for (const { productId, type, time } of withoutCancelled(events)) {
    const item = indexOf(productId);
    if (item < 0 || type === REMOVAL) continue;
    const event = { item, time: Math.floor(time / 1000), weight: Math.fround(eventWeights[type]) };
    if (!held.has(eventKey(event.item, event.time, event.weight))) merged.push(event);
  }
  merged.sort((a, b) => a.time - b.time);
  return {
    items: Uint32Array.from(merged, ({ item }) => item),
    weights: Float32Array.from(merged, ({ weight }) => weight),
    times: Uint32Array.from(merged, ({ time }) => time),
  };
}

function eventKey(item: number, time: number, weight: number): string {
  return `${item} ${time} ${weight}`;
}

/** Histories are in the order of time. */
function since({ items, weights, times }: History, from: number): History {
  let start = 0;
  while (start < times.length && times[start] < from) start++;
  return {
    items: items.subarray(start),
    weights: weights.subarray(start),
    times: times.subarray(start),
  };
}

type CartEvent = Pick<StoredEvent, "productId" | "type" | "session">;

function withoutCancelled<Event extends CartEvent>(events: readonly Event[]): Event[] {
  const kept: Event[] = [];
  for (const event of events) {
    if (event.type !== REMOVAL) {
      kept.push(event);
      continue;
    }
    const cart = kept.findLastIndex(({ type, productId, session }) =>
      type === "cart" && productId === event.productId &&
      (session === undefined || event.session === undefined || session === event.session)
    );
    if (cart >= 0) kept.splice(cart, 1);
  }
  return kept;
}
