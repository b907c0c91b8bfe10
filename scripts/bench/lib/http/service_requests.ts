import { createRandom } from "../../../../src/linalg/random.ts";
import { benchProductId, benchUserId } from "./bench_shop.ts";
import type { PlannedRequest } from "./load.ts";
import type { SyntheticSize } from "../speed/synthetic_matrix.ts";

type Shop = Pick<SyntheticSize, "users" | "items">;

/** Filters as pages of a shop have them: brands, categories, prices, broad and narrow. */
const FILTERS = [
  "brand=brand7",
  "category=group2",
  "minPrice=3",
  "maxPrice=1.2",
  "category=group4&minPrice=3",
  "brand=brand9&maxPrice=8",
];

const EVENTS_OF_A_SESSION = 5;
const EVENT_TYPES = ["view", "view", "view", "cart", "purchase"];

/** A stride that visits all users before any comes again, since it has no divisor in common with sizes in use. */
const STRIDE = 7919;

/** Lists for so many users, who lie all over the shop, from one on. */
export function listRequests(
  { users }: Shop,
  { count, from = 0 }: { count: number; from?: number },
): PlannedRequest[] {
  return Array.from({ length: count }, (_, i) => ({
    method: "GET",
    path: `/recommend/${benchUserId((from + i) * STRIDE % users)}`,
  }));
}

/** Lists with filters, each for another user. */
export function filterRequests(shop: Shop, options: { count: number }): PlannedRequest[] {
  return listRequests(shop, options).map(({ method, path }, i) => ({
    method,
    path: `${path}?${FILTERS[i % FILTERS.length]}`,
  }));
}

/** Lists for visitors who looked at a few products; every second wants a category's. */
export function sessionRequests({ items }: Shop, { count }: { count: number }): PlannedRequest[] {
  const random = createRandom(4);
  return Array.from({ length: count }, (_, i) => ({
    method: "POST",
    path: "/recommend",
    body: JSON.stringify({
      events: Array.from({ length: EVENTS_OF_A_SESSION }, () => ({
        productId: benchProductId(random.integer(items)),
        type: "view",
      })),
      ...(i % 2 === 1 && { category: "group6" }),
    }),
  }));
}

/** Batches of events of users and products all over the shop; without names, so that all count however often sent. */
export function eventRequests(
  { users, items }: Shop,
  { count, size, seed = 0 }: { count: number; size: number; seed?: number },
): PlannedRequest[] {
  const random = createRandom(5 + seed);
  return Array.from({ length: count }, () => ({
    method: "POST",
    path: "/events",
    body: JSON.stringify(Array.from({ length: size }, () => ({
      userId: benchUserId(random.integer(users)),
      productId: benchProductId(random.integer(items)),
      type: EVENT_TYPES[random.integer(EVENT_TYPES.length)],
    }))),
  }));
}
