import type { ApiContext, Route } from "./route.ts";

/** Ids that the examples of the API's description use. */
export interface ExampleIds {
  readonly userId: string;
  readonly productId: string;
}

/** An unknown user: trying to store or forget something affects no real one. */
const NOBODY = "example-user";

/**
 * A user and a product to try the API with. The description is open to everyone, so it names a real
 * user only where there are no tokens at all, as on one's own machine; lists for unknown users work
 * as well.
 */
export function exampleIds(
  { shop, protection }: Pick<ApiContext, "shop" | "protection">,
): ExampleIds {
  const { interactions } = shop.artifact;
  const { readsAreOpen, anyMayManage } = protection.tokens;
  return {
    userId: readsAreOpen && !anyMayManage ? interactions.histories.examples[0] : NOBODY,
    productId: interactions.itemIds.idAt(0),
  };
}

/** The example of a variable part of a path; undefined if the part isn't an id. */
export function pathExample(
  { method }: Pick<Route, "method">,
  name: string,
  ids: ExampleIds,
): string | undefined {
  if (name === "productId") return ids.productId;
  if (name !== "userId") return undefined;
  return method === "DELETE" ? NOBODY : ids.userId;
}

/** The example of a request's JSON, which can be sent as it is; undefined if it has none. */
export function bodyExample({ method, path }: Route, { userId, productId }: ExampleIds): unknown {
  switch (`${method} ${path}`) {
    case "POST /recommend":
      return { events: [{ productId, type: "view" }], k: 5 };
    case "POST /recommend/{userId}":
      return { k: 5, not: [productId] };
    case "POST /rank":
      return { userId, productIds: [productId] };
    case "POST /together":
      return { productIds: [productId], k: 5 };
    case "POST /events":
      return { userId: NOBODY, productId, type: "view" };
    case "PUT /products/{productId}":
      return { inStock: true };
  }
}
