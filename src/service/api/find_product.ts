import type { z } from "zod";
import { STATUS_CODE } from "../../base/std/http.ts";
import type { Products } from "../catalogue/products.ts";
import { ProblemError } from "../http/problem.ts";
import type { Shop } from "../recommend/shop.ts";
import type { productAnswer } from "../schema/answers.ts";

/**
 * The number of a product, with the shop's latest changes applied.
 *
 * @throws {ProblemError} 404 if no product has this id, or it was deleted.
 */
export async function findProduct(shop: Shop, productId: string): Promise<number> {
  await shop.refresh();
  const { products } = shop.recommender;
  const item = products.indexOf(productId);
  if (item >= 0 && !products.isDeleted(item)) return item;
  throw new ProblemError({
    status: STATUS_CODE.NotFound,
    detail: item < 0
      ? "No product has this id; GET /products finds products"
      : "The product was deleted; PUT /products/{productId} brings it back",
    parameter: "productId",
  });
}

/** A product as the API answers it. */
export function describeProduct(products: Products, item: number): z.output<typeof productAnswer> {
  return { ...products.facts(item), inStock: products.isInStock(item) };
}
