import { requireStore } from "../../../recommend/shop.ts";
import { deletedProductAnswer } from "../../../schema/answers.ts";
import { fresh } from "../../content.ts";
import { findProduct } from "../../find_product.ts";
import { defineRoute } from "../../route.ts";

/** `DELETE /products/{productId}`: takes a product out of all lists, here and after training. */
export const deleteProduct = defineRoute({
  method: "DELETE",
  path: "/products/{productId}",
  access: "manage",
  summary: "Delete a product: no list shows it, also after the next training; events of it still " +
    "count for other products; PUT brings it back, with the facts of that PUT alone",
  answers: fresh("Deleted", deletedProductAnswer),
  async handle({ path: { productId } }, { shop }) {
    const store = requireStore(shop);
    await findProduct(shop, productId);
    await store.changeProduct(productId, { deleted: true });
    await shop.refresh();
    return { productId };
  },
});
