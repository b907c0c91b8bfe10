import { createRandom } from "../../../../src/linalg/random.ts";
import { benchProductId, benchUserId } from "./bench_shop.ts";
import type { PlannedRequest } from "./load.ts";
import type { SyntheticSize } from "../synthetic_matrix.ts";

type Shop = Pick<SyntheticSize, "users" | "items">;

/** Typical filters of a shop's pages, broad and narrow. */
const FILTERS = [
  "brand=brand7",
  "category=group2",
  "minPrice=3",
  "maxPrice=1.2",
  "category=group4&minPrice=3",
  "brand=brand9&maxPrice=8",
];

const EVENTS_PER_SESSION = 5;
const EVENT_TYPES = ["view", "view", "view", "cart", "purchase"];

/** Visits every user before it repeats one: a prime, coprime to all sizes in use. */
const STRIDE = 7919;

/** Lists for `count` users spread over the shop, starting with the `from`-th. */
export function listRequests(
  { users }: Shop,
  { count, from = 0 }: { count: number; from?: number },
): PlannedRequest[] {
  return Array.from({ length: count }, (_, i) => ({
    method: "GET",
    path: `/recommend/${benchUserId((from + i) * STRIDE % users)}`,
  }));
}

/** Lists with filters, each for a different user. */
export function filterRequests(shop: Shop, options: { count: number }): PlannedRequest[] {
  return listRequests(shop, options).map(({ method, path }, i) => ({
    method,
    path: `${path}?${FILTERS[i % FILTERS.length]}`,
  }));
}

/** Lists for visitors who viewed a few products; every second one filters by category. */
export function sessionRequests({ items }: Shop, { count }: { count: number }): PlannedRequest[] {
  const random = createRandom(4);
  return Array.from({ length: count }, (_, i) => ({
    method: "POST",
    path: "/recommend",
    body: JSON.stringify({
      events: Array.from({ length: EVENTS_PER_SESSION }, () => ({
        productId: benchProductId(random.integer(items)),
        type: "view",
      })),
      ...(i % 2 === 1 && { category: ["group6"] }),
    }),
  }));
}

/** Batches of random events. They have no `eventId`, so that a batch sent twice is stored twice. */
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
