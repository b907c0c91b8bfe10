import { z } from "zod";
import { FALLBACK_MODEL } from "../../../artifact/manifest.ts";
import { EMPTY_HISTORY } from "../../../interactions/history.ts";
import { productAnswer, productsAnswer } from "../schema/answers.ts";
import { readJson } from "../../http/body.ts";
import { jsonResponse, revalidatedJson } from "../../http/json.ts";
import { filterParameters, withPriceOrder } from "../schema/list_options.ts";
import { pageParameters } from "../schema/page.ts";
import { ProblemError } from "../../http/problem.ts";
import type { Products } from "../../catalogue/products.ts";
import { json, NO_PARAMETERS, revalidated, type Route } from "../route.ts";
import { fields, flagRule, idRule, priceRule, text } from "../schema/rules.ts";
import { searchProducts } from "../../catalogue/search_products.ts";
import { requireStore, type Shop } from "../../recommend/shop.ts";
import { STATUS_CODE } from "../../../base/std/http.ts";

const pathParameters = z.object({ productId: idRule });

/** `GET /products/{productId}`: what is known of a product. */
export function productRoute(shop: Shop): Route {
  const route: Route<typeof pathParameters, typeof NO_PARAMETERS> = {
    method: "GET",
    path: "/products/{productId}",
    access: "read",
    summary: "What is known of a product",
    pathParameters,
    query: NO_PARAMETERS,
    answers: revalidated(json("The product", productAnswer)),
    async handle({ request, path: { productId } }) {
      const item = await findProduct(shop, productId);
      const answer = describe(shop.recommender.products, item);
      return revalidatedJson(request, answer, "public, no-cache");
    },
  };
  return route;
}

/** `GET /products`: finds products by words, brand, category and price. */
export function searchRoute(shop: Shop): Route {
  const query = withPriceOrder(z.object({
    query: text().optional().describe("Words that the id, brand, category or title must hold"),
    ...filterParameters,
    ...pageParameters,
  }));
  const route: Route<typeof NO_PARAMETERS, typeof query> = {
    method: "GET",
    path: "/products",
    access: "read",
    summary: "Find products by words, brand, category and price; the most popular first",
    pathParameters: NO_PARAMETERS,
    query,
    answers: revalidated(json("One page of what was found", productsAnswer)),
    async handle({ request, query: { limit, offset, ...wanted } }) {
      await shop.refresh();
      const { products, models } = shop.recommender;
      const popularity = models.score(FALLBACK_MODEL, EMPTY_HISTORY);
      const found = searchProducts(products, { ...wanted, popularity });
      const answer = {
        total: found.length,
        items: found.slice(offset, offset + limit).map((item) => describe(products, item)),
      };
      return revalidatedJson(request, answer, "public, no-cache");
    },
  };
  return route;
}

const productFields = fields({
  brand: text().optional(),
  category: text().optional().describe("The category's path, for example accessories.bag"),
  categoryId: idRule.optional().describe("The shop's number of the category"),
  price: priceRule.optional(),
  title: text().optional(),
  inStock: flagRule.optional().describe("Products out of stock are never recommended"),
});

/** `PUT /products/{productId}`: changes a product or adds one, without training. */
export function changeProductRoute(shop: Shop): Route {
  const route: Route<typeof pathParameters, typeof NO_PARAMETERS> = {
    method: "PUT",
    path: "/products/{productId}",
    access: "manage",
    summary: "Change a product or add one; what is left out stays as it is",
    pathParameters,
    query: NO_PARAMETERS,
    body: json("What is new", productFields),
    answers: {
      200: json("The product as it is now", productAnswer),
      201: json("The product, which is new", productAnswer),
    },
    async handle({ text, path: { productId } }) {
      const change = readJson(text, productFields);
      const store = requireStore(shop);
      const { products } = shop.recommender;
      await shop.refresh();
      const isNew = products.indexOf(productId) < 0;
      await store.changeProduct(productId, change);
      await shop.refresh();
      const answer = describe(products, products.indexOf(productId));
      return jsonResponse(answer, "no-store", isNew ? STATUS_CODE.Created : STATUS_CODE.OK);
    },
  };
  return route;
}

/**
 * The number of a product, with what the shop said of it until now.
 *
 * @throws {ProblemError} 404 if there is none of this id.
 */
export async function findProduct(shop: Shop, productId: string): Promise<number> {
  await shop.refresh();
  const item = shop.recommender.products.indexOf(productId);
  if (item >= 0) return item;
  throw new ProblemError({
    status: STATUS_CODE.NotFound,
    detail: "There is no product of this id; GET /products finds products",
    parameter: "productId",
  });
}

function describe(products: Products, item: number): z.infer<typeof productAnswer> {
  return { ...products.facts(item), inStock: products.isInStock(item) };
}
