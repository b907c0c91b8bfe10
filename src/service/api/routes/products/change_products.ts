import { z } from "zod";
import { STATUS_CODE } from "../../../../base/std/http.ts";
import { ProblemError } from "../../../http/problem.ts";
import { changeOfPut } from "../../../catalogue/put_product.ts";
import { requireStore } from "../../../recommend/shop.ts";
import { changedProductsAnswer } from "../../../schema/answers.ts";
import { MOST_PRODUCTS, namedProductChange } from "../../../schema/products.ts";
import type { ProductChange } from "../../../store/entries/stored_event.ts";
import { fresh, textBody } from "../../content.ts";
import { type EntryKind, readEntries } from "../../read_entries.ts";
import { defineRoute } from "../../route.ts";

const PRODUCTS: EntryKind<typeof namedProductChange> = {
  noun: "product",
  advice:
    'send one product, for example {"productId":"7","price":4.5}, a JSON array or one per line',
  rule: namedProductChange,
  most: MOST_PRODUCTS,
};

/**
 * `PUT /products`: changes or adds up to 1,000 products; the very next list uses them. If one of
 * them is invalid, none is changed.
 */
export const changeProducts = defineRoute({
  method: "PUT",
  path: "/products",
  access: "manage",
  summary: "Change or add products: one, a JSON array, or NDJSON; all of them, or none if one is " +
    "invalid",
  body: textBody({
    description: `Up to ${MOST_PRODUCTS} products; omitted fields keep their values, ` +
      "except those of a deleted product, which are unknown then",
    types: {
      "application/json": z.union([
        namedProductChange,
        z.array(namedProductChange).min(1).max(MOST_PRODUCTS),
      ]),
      "application/x-ndjson": undefined,
    },
  }),
  answers: fresh("What was changed", changedProductsAnswer),
  async handle({ body }, { shop }) {
    const store = requireStore(shop);
    const { entries, refused } = readEntries(body, PRODUCTS);
    if (refused.length > 0) {
      throw new ProblemError({
        status: STATUS_CODE.BadRequest,
        detail: `Nothing was changed: ${refused.length} of ${entries.length + refused.length} ` +
          `products can't be stored; the first, at index ${refused[0].index}: ${refused[0].detail}`,
        refused,
      });
    }
    const { products } = shop.recommender;
    await shop.refresh();
    const changes = new Map<string, ProductChange>();
    for (const { productId, ...change } of entries) {
      const earlier = changes.get(productId);
      changes.set(
        productId,
        earlier
          ? { ...earlier, ...change }
          : changeOfPut(products, { productId, change, now: shop.now() }),
      );
    }
    const isNew = (item: number) => item < 0 || products.isDeleted(item);
    const added = [...changes.keys()].filter((id) => isNew(products.indexOf(id))).length;
    await store.changeProducts(changes);
    await shop.refresh();
    return { changed: changes.size, added };
  },
});
