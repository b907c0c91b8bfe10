import { FALLBACK_MODEL } from "../../../../artifact/manifest.ts";
import { EMPTY_HISTORY } from "../../../../interactions/history.ts";
import { searchProducts as search } from "../../../catalogue/search_products.ts";
import { productsAnswer } from "../../../schema/answers.ts";
import { productsQuery } from "../../../schema/lists.ts";
import { revalidated } from "../../content.ts";
import { describeProduct } from "../../find_product.ts";
import { defineRoute } from "../../route.ts";

/** `GET /products`: finds products by words, brand, category and price. */
export const searchProducts = defineRoute({
  method: "GET",
  path: "/products",
  access: "read",
  summary: "Find products by words, brand, category and price; the most popular first",
  query: productsQuery,
  answers: revalidated("One page of the products found", productsAnswer, "public, no-cache"),
  async handle({ query: { limit, offset, ...wanted } }, { shop }) {
    await shop.refresh();
    const { products, models } = shop.recommender;
    const popularity = models.score(FALLBACK_MODEL, EMPTY_HISTORY);
    const found = search(products, { ...wanted, popularity });
    return {
      total: found.length,
      items: found.slice(offset, offset + limit).map((item) => describeProduct(products, item)),
    };
  },
});
