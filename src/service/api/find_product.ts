import type { z } from "zod";
import { STATUS_CODE } from "../../base/std/http.ts";
import type { Products } from "../catalogue/products.ts";
import { ProblemError } from "../http/problem.ts";
import type { Shop } from "../recommend/shop.ts";
import type { productAnswer } from "../schema/answers.ts";

/**
 * The number of a product, with the shop's latest changes applied.
 *
 * @throws {ProblemError} 404 if no product has this id.
 */
export async function findProduct(shop: Shop, productId: string): Promise<number> {
  await shop.refresh();
  const item = shop.recommender.products.indexOf(productId);
  if (item >= 0) return item;
  throw new ProblemError({
    status: STATUS_CODE.NotFound,
    detail: "No product has this id; GET /products finds products",
    parameter: "productId",
  });
}

/** A product as the API answers it. */
export function describeProduct(products: Products, item: number): z.output<typeof productAnswer> {
  return { ...products.facts(item), inStock: products.isInStock(item) };
}
