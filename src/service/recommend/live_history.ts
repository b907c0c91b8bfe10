import { type EventWeights, isInterest, REMOVAL } from "../../interactions/event_weights.ts";
import { betweenTimes, type History } from "../../interactions/history.ts";
import type { StoredEvent } from "../store/entries/stored_event.ts";

/** How {@linkcode liveHistory} reads events. */
export interface LiveHistoryOptions {
  /** The item number of a product, or -1 if it is unknown. */
  indexOf(productId: string): number;
  eventWeights: EventWeights;
  /** Earlier events of the artifact are ignored: milliseconds since 1970-01-01 UTC. Default 0. */
  from?: number;
}

/**
 * A user's current history: the artifact's events and those received since, in chronological order.
 *
 * - An event that the artifact holds too (same product, second and weight) counts once: a model may
 *   have been trained on events that were received here.
 * - A removal cancels the latest earlier cart of the same product (and session, if both have one).
 * - Opinions, such as `dislike`, show no interest and are omitted.
 * - Events of unknown products are omitted; the store keeps them.
 *
 * @param trained The user's events in the artifact.
 * @param events The events received, in chronological order.
 */
export function liveHistory(
  trained: History,
  events: readonly Omit<StoredEvent, "userId" | "eventId" | "received">[],
  { indexOf, eventWeights, from = 0 }: LiveHistoryOptions,
): History {
  const kept = from === 0 ? trained : betweenTimes(trained, { from: from / 1000 });
  if (events.length === 0) return kept;
  const known = new Set(
    Array.from(kept.items, (item, i) => eventKey(item, kept.times[i], kept.weights[i])),
  );
  const merged = Array.from(kept.items, (item, i) => ({
    item,
    time: kept.times[i],
    weight: kept.weights[i],
  }));
  for (const { productId, type, time } of withoutCancelled(events)) {
    const item = indexOf(productId);
    if (item < 0 || !isInterest(type)) continue;
    const event = { item, time: Math.floor(time / 1000), weight: Math.fround(eventWeights[type]) };
    if (!known.has(eventKey(event.item, event.time, event.weight))) merged.push(event);
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
