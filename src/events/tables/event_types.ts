import { OPINION_TYPES, REMOVAL } from "../../interactions/event_weights.ts";
import { plainName } from "./columns.ts";

export { EVENT_TYPES, REMOVAL } from "../../interactions/event_weights.ts";

/**
 * What well-known trackers call each type: GA4, Retailrocket, Segment, Shopify, Snowplow, in this
 * order; case, blanks and `_` don't count.
 */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  view: ["view_item", "product viewed", "product_view"],
  cart: ["add_to_cart", "addtocart", "product added", "product_added_to_cart"],
  [REMOVAL]: ["remove_from_cart", "product removed", "product_removed_from_cart"],
  purchase: ["purchase", "transaction", "order completed", "checkout_completed"],
};

const TYPE_BY_NAME: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMES).flatMap(([type, names]) =>
    [type, ...names].map((name) => [plainName(name), type])
  ),
);

/** Types that the service stores and training ignores, since they are no ratings. */
const IGNORED: ReadonlySet<string> = new Set(OPINION_TYPES.map(plainName));

/** What the shop's own names of events mean; an empty type ignores events of that name. */
export type EventNames = Readonly<Record<string, string>>;

/**
 * The type that a shop's name of events means.
 *
 * @param own The shop's names, which go before the well-known ones.
 * @returns A type, an empty text if such events are ignored, nothing for an unknown name.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(eventTypeNamed("Product Viewed"), "view");
 * assertEquals(eventTypeNamed("page_view"), undefined);
 * assertEquals(eventTypeNamed("dislike"), "");
 * assertEquals(eventTypeNamed("undo_hide"), "");
 * assertEquals(eventTypeNamed("Page View", { page_view: "view" }), "view");
 * ```
 */
export function eventTypeNamed(name: string, own: EventNames = {}): string | undefined {
  const plain = plainName(name);
  const named = Object.keys(own).find((own) => plainName(own) === plain);
  if (named !== undefined) return own[named];
  return IGNORED.has(plain) ? "" : TYPE_BY_NAME.get(plain);
}
