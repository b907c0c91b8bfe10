import { createRandom } from "../../../../src/linalg/random.ts";
import type { PlannedRequest } from "./load.ts";

/** What requests to a service are made of. */
export interface ShopIds {
  readonly users: readonly string[];
  readonly products: readonly string[];
  /** Query parameters that filter lists as a shop's pages do, broad and narrow. */
  readonly filters: readonly string[];
  /** The start of a category's path. */
  readonly category: string;
}

const EVENTS_PER_SESSION = 5;
const EVENT_TYPES = ["view", "view", "view", "cart", "purchase"];

/** Visits every user before it repeats one: a prime, coprime to all sizes in use. */
const STRIDE = 7919;

/** A user's list. */
export function listRequest(user: string, query = ""): PlannedRequest {
  return { method: "GET", path: `/recommend/${encodeURIComponent(user)}${query && `?${query}`}` };
}

/** Lists for `count` users spread over the shop, starting with the `from`-th. */
export function listRequests(
  { users }: Pick<ShopIds, "users">,
  { count, from = 0 }: { count: number; from?: number },
): PlannedRequest[] {
  return Array.from(
    { length: count },
    (_, i) => listRequest(users[(from + i) * STRIDE % users.length]),
  );
}

/** Lists with filters, each for a different user. */
export function filterRequests(shop: ShopIds, options: { count: number }): PlannedRequest[] {
  return listRequests(shop, options).map(({ method, path }, i) => ({
    method,
    path: `${path}?${shop.filters[i % shop.filters.length]}`,
  }));
}

/** Lists for visitors who viewed a few products; every second one filters by category. */
export function sessionRequests(
  { products, category }: Pick<ShopIds, "products" | "category">,
  { count }: { count: number },
): PlannedRequest[] {
  const random = createRandom(4);
  return Array.from({ length: count }, (_, i) => ({
    method: "POST",
    path: "/recommend",
    body: JSON.stringify({
      events: Array.from({ length: EVENTS_PER_SESSION }, () => ({
        productId: products[random.integer(products.length)],
        type: "view",
      })),
      ...(i % 2 === 1 && { category: [category] }),
    }),
  }));
}

/** Batches of random events. They have no `eventId`, so that a batch sent twice is stored twice. */
export function eventRequests(
  { users, products }: Pick<ShopIds, "users" | "products">,
  { count, size, seed = 0 }: { count: number; size: number; seed?: number },
): PlannedRequest[] {
  const random = createRandom(5 + seed);
  return Array.from({ length: count }, () => ({
    method: "POST",
    path: "/events",
    body: JSON.stringify(Array.from({ length: size }, () => ({
      userId: users[random.integer(users.length)],
      productId: products[random.integer(products.length)],
      type: EVENT_TYPES[random.integer(EVENT_TYPES.length)],
    }))),
  }));
}
