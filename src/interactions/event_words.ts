import type { EventType } from "./event_weights.ts";

/** What a user did, in a list of events. */
export const EVENT_WORDS: Readonly<Record<EventType, string>> = {
  view: "viewed",
  cart: "added to cart",
  purchase: "bought",
};

/**
 * What a user did with a product, as a reason.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(EVENT_REASONS.cart("Nail file"), "you added Nail file to the cart");
 * ```
 */
export const EVENT_REASONS: Readonly<Record<EventType, (name: string) => string>> = {
  view: (name) => `you viewed ${name}`,
  cart: (name) => `you added ${name} to the cart`,
  purchase: (name) => `you bought ${name}`,
};
