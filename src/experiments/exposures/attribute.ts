import { MS_PER_HOUR } from "../../base/time.ts";
import {
  type Exposure,
  type ExposureWithOutcomes,
  type Outcome,
  OUTCOME_TYPES,
} from "./exposure.ts";

/** An event of a user, as it is attributed. */
export interface AttributableEvent {
  readonly productId: string;
  /** Types other than {@linkcode OUTCOME_TYPES} count for no list. */
  readonly type: string;
  /** When it happened: milliseconds since 1970-01-01 UTC. */
  readonly time: number;
  readonly price?: number;
  /** The list that the shop says it came from. */
  readonly listId?: string;
}

/** How events are attributed to lists. */
export interface AttributionOptions {
  /**
   * How long after a list an event without a `listId` counts for it, in hours; 0 for never. Default
   * 24.
   */
  readonly hours?: number;
}

/**
 * How much earlier than its list an event that names it may be: the clocks of a page and a server
 * differ. In milliseconds.
 */
export const CLOCK_SKEW_MS = 5 * 60_000;

/**
 * Says which of a user's events count for which list.
 *
 * An event that names a list counts for it if the user was shown that list with the product, at
 * most {@linkcode CLOCK_SKEW_MS} after the event. Any other event counts for the latest list before
 * it that showed the product within the window (last touch). For each list, product and type only
 * the first event counts: what is sent twice is counted once, and so is what happens twice.
 *
 * @param exposures Of one user, in any order.
 * @param events Of the same user, in any order.
 * @returns The lists in chronological order.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const exposure = { listId: "l1", at: 0, userId: "ann", model: "als", productIds: ["7", "9"],
 *   positions: [1, 2], propensities: [1, 1] };
 * const click = { productId: "9", type: "view", time: 1000 };
 * const [{ outcomes }] = attributeEvents([exposure], [click, click]);
 * assertEquals(outcomes.map(({ position, by }) => [position, by]), [[2, "window"]]);
 * ```
 */
export function attributeEvents(
  exposures: readonly Exposure[],
  events: readonly AttributableEvent[],
  { hours = 24 }: AttributionOptions = {},
): ExposureWithOutcomes[] {
  const lists = exposures.toSorted((a, b) => a.at - b.at)
    .map((exposure) => ({ exposure, outcomes: [] as Outcome[] }));
  const byId = new Map(lists.map((list) => [list.exposure.listId, list]));
  const byProduct = listsByProduct(lists);
  const counted = new Set<string>();
  for (const event of events.toSorted((a, b) => a.time - b.time)) {
    const { productId, time, price } = event;
    const type = OUTCOME_TYPES.find((each) => each === event.type);
    const showing = byProduct.get(productId);
    if (!type || !showing) continue;
    const named = event.listId === undefined ? undefined : byId.get(event.listId);
    const isNamed = named !== undefined && showing.includes(named) &&
      time >= named.exposure.at - CLOCK_SKEW_MS;
    const list = isNamed
      ? named
      : showing.findLast(({ exposure: { at } }) => at <= time && time < at + hours * MS_PER_HOUR);
    if (!list) continue;
    const { listId, productIds, positions } = list.exposure;
    const key = JSON.stringify([listId, productId, type]);
    if (counted.has(key)) continue;
    counted.add(key);
    list.outcomes.push({
      ...{ listId, productId, type, at: time, position: positions[productIds.indexOf(productId)] },
      ...(price !== undefined && { price }),
      by: isNamed ? "listId" : "window",
    });
  }
  return lists;
}

function listsByProduct<List extends { readonly exposure: Exposure }>(
  lists: readonly List[],
): ReadonlyMap<string, readonly List[]> {
  const byProduct = new Map<string, List[]>();
  for (const list of lists) {
    for (const productId of list.exposure.productIds) {
      const showing = byProduct.get(productId);
      if (showing) showing.push(list);
      else byProduct.set(productId, [list]);
    }
  }
  return byProduct;
}
