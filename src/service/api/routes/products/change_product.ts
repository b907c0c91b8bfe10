import { STATUS_CODE } from "../../../../base/std/http.ts";
import { jsonResponse } from "../../../http/json.ts";
import { changeOfPut } from "../../../catalogue/put_product.ts";
import { requireStore } from "../../../recommend/shop.ts";
import { changedProductAnswer } from "../../../schema/answers.ts";
import { productChange } from "../../../schema/products.ts";
import { fresh, jsonBody } from "../../content.ts";
import { describeProduct } from "../../find_product.ts";
import { defineRoute } from "../../route.ts";

/** `PUT /products/{productId}`: changes a product or adds one, without training. */
export const changeProduct = defineRoute({
  method: "PUT",
  path: "/products/{productId}",
  access: "manage",
  summary: "Change a product, add one or bring a deleted one back; omitted fields keep their " +
    "values, except those of a deleted product, which are unknown then",
  body: jsonBody("The new facts", productChange),
  answers: fresh("The updated product", changedProductAnswer, {
    others: { [STATUS_CODE.Created]: "The product, which is new" },
  }),
  async handle({ body, path: { productId } }, { shop }) {
    const store = requireStore(shop);
    const { products } = shop.recommender;
    await shop.refresh();
    const before = products.indexOf(productId);
    const isNew = before < 0 || products.isDeleted(before);
    const change = changeOfPut(products, { productId, change: body, now: shop.now() });
    await store.changeProduct(productId, change);
    await shop.refresh();
    const item = products.indexOf(productId);
    const fields = products.fields.of(item);
    const answer = {
      ...describeProduct(products, item),
      ...(Object.keys(fields).length > 0 && { fields }),
    };
    return isNew ? jsonResponse(answer, "no-store", STATUS_CODE.Created) : answer;
  },
});
