import { SECONDS_PER_DAY } from "../../../base/time.ts";
import {
  type EventType,
  eventTypeOf,
  type EventWeights,
} from "../../../interactions/event_weights.ts";
import { type History, sliceHistory } from "../../../interactions/history.ts";
import type { Products } from "../../catalogue/products.ts";
import type { Shop } from "../../recommend/shop.ts";
import type { ProductConditions, SegmentDefinition } from "../definition/schema.ts";
import { meeting } from "../rules/conditions.ts";

/** What segments are decided from, besides a user's history. */
export interface SegmentContext {
  readonly products: Products;
  readonly eventWeights: EventWeights;
  /** Seconds since 1970-01-01 UTC. */
  readonly now: number;
}

/**
 * What segments are decided from in a shop.
 *
 * @param now Milliseconds since 1970-01-01 UTC. Default the store's present.
 */
export function segmentContext(
  shop: Pick<Shop, "recommender" | "artifact" | "now">,
  now = shop.now(),
): SegmentContext {
  return {
    products: shop.recommender.products,
    eventWeights: shop.artifact.manifest.eventWeights,
    now: now / 1000,
  };
}

/** Whether a history meets all conditions of a segment. */
export function isInSegment(
  history: History,
  segment: SegmentDefinition,
  context: SegmentContext,
): boolean {
  const { now, products, eventWeights } = context;
  const { seenWithinDays, notSeenForDays, withinDays, spentAtLeast, events = {} } = segment;
  const age = now - (history.times.at(-1) ?? -Infinity);
  if (seenWithinDays !== undefined && age > seenWithinDays * SECONDS_PER_DAY) return false;
  if (notSeenForDays !== undefined && age <= notSeenForDays * SECONDS_PER_DAY) return false;
  const counted = withinDays === undefined
    ? history
    : since(history, now - withinDays * SECONDS_PER_DAY);
  const types = Array.from(counted.weights, (weight) => eventTypeOf(weight, eventWeights));
  const bought = counted.items.filter((_, event) => types[event] === "purchase");
  for (const [type, { min = 0, max = Infinity } = {}] of Object.entries(events)) {
    const count = types.filter((each) => each === type as EventType).length;
    if (count < min || count > max) return false;
  }
  if (spentAtLeast !== undefined) {
    const { price } = products.catalogue;
    if (bought.reduce((sum, item) => sum + price[item], 0) < spentAtLeast) return false;
  }
  return boughtAny(bought, segment, products);
}

function boughtAny(bought: Uint32Array, segment: SegmentDefinition, products: Products): boolean {
  return boughtConditions(segment).every((conditions) => {
    const meant = meeting(products, conditions);
    return bought.some((item) => meant[item] === 1);
  });
}

const boughtCache = new WeakMap<SegmentDefinition, readonly ProductConditions[]>();

/** What the user must have bought, the same objects each time, so that what they mean is cached. */
function boughtConditions(segment: SegmentDefinition): readonly ProductConditions[] {
  const known = boughtCache.get(segment);
  if (known) return known;
  const { boughtCategory: category, boughtBrand: brand } = segment;
  const conditions = [...(category ? [{ category }] : []), ...(brand ? [{ brand }] : [])];
  boughtCache.set(segment, conditions);
  return conditions;
}

/** The events from a time on, in seconds. */
function since(history: History, from: number): History {
  const start = history.times.findIndex((time) => time >= from);
  return sliceHistory(history, start < 0 ? history.times.length : start);
}

/** Whether a user can enter or leave a segment just because time passes. */
export function isTimed(
  { seenWithinDays, notSeenForDays, withinDays }: SegmentDefinition,
): boolean {
  return [seenWithinDays, notSeenForDays, withinDays].some((days) => days !== undefined);
}
