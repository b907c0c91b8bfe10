import { productAnswer } from "../../../schema/answers.ts";
import { revalidated } from "../../content.ts";
import { describeProduct, findProduct } from "../../find_product.ts";
import { defineRoute } from "../../route.ts";

/** `GET /products/{productId}`: a product's details. */
export const product = defineRoute({
  method: "GET",
  path: "/products/{productId}",
  access: "read",
  summary: "A product's details",
  answers: revalidated("The product", productAnswer, "public, no-cache"),
  async handle({ path: { productId } }, { shop }) {
    const item = await findProduct(shop, productId);
    return describeProduct(shop.recommender.products, item);
  },
});
