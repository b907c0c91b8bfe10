import { als } from "../../../src/models/als.ts";
import { itemKnn } from "../../../src/models/item_knn.ts";
import type { Model } from "../../../src/models/model.ts";
import { popularity } from "../../../src/models/popularity.ts";
import { rank } from "../../../src/models/rank.ts";
import { topK } from "../../../src/linalg/top_k.ts";
import { Products } from "../../../src/service/catalogue/products.ts";
import { LiveModels } from "../../../src/service/recommend/live_models.ts";
import type { ProductChange } from "../../../src/service/store/entries/stored_event.ts";
import type { Artifact } from "../../../src/artifact/load.ts";
import type { ShopInteractions } from "../../../src/interactions/interactions.ts";
import { stored, tinyArtifact } from "../../artifact/tiny_shop.ts";
import { assert, assertEquals } from "../../assert.ts";
import { blockInteractions, purchasesOf } from "../../models/block_data.ts";

/** Models of the shop with three kinds of customers, its products, and a way to change them. */
async function blockShop() {
  const interactions = blockInteractions() as ShopInteractions;
  const models = new Map<string, Model>();
  for (const algorithm of [popularity, als, itemKnn]) {
    models.set(algorithm.name, await algorithm.fit(interactions));
  }
  const artifact: Artifact = {
    ...await tinyArtifact(),
    interactions: stored(interactions),
    models,
  };
  const products = new Products(interactions);
  const change = (productId: string, change: ProductChange) =>
    products.apply({
      sequence: products.sequence + 1,
      products: new Map([[productId, change]]),
    });
  return { products, change, models: new LiveModels(artifact, products) };
}

/** A product like those of the first block, items 0 to 4. */
const LIKE_FIRST: ProductChange = {
  brand: "brand-0",
  categoryId: "100",
  category: "shop.block.0",
  price: 1,
};

Deno.test("an added product scores what a fifth of the known products like it reach", async () => {
  const { products, change, models } = await blockShop();
  change("new", LIKE_FIRST);
  const item = products.indexOf("new");
  for (const name of ["als", "item_knn"]) {
    const scores = models.score(name, purchasesOf([0, 1]));
    // Its terms are those of all five products of the block; what the other blocks share, the
    // category's first parts, weighs 0. So it has five stand-ins, and the best one's score.
    assertEquals(scores[item], Math.max(...scores.subarray(0, 5)));
  }
  const similarities = models.similarities("als", 7)!;
  assertEquals(similarities[item], Math.max(...similarities.subarray(0, 5)));
});

Deno.test("a model's own ranking with added products is that of scoring all", async () => {
  const { products, change, models } = await blockShop();
  change("new", LIKE_FIRST);
  change("other", { ...LIKE_FIRST, brand: "brand-1", price: 10 });
  change("plain", {});
  models.addedCounts = new Map([[products.indexOf("plain"), 1e6], [products.indexOf("new"), 30]]);
  for (const name of ["als", "popularity"]) {
    assert(models.scorer(name).rankBatch !== undefined);
    for (const own of [[0, 1], [7, 8, 9], [3, 12]]) {
      const history = purchasesOf(own);
      for (const k of [1, 3, 20]) {
        const { indices } = rank(models.scorer(name), history, { k, exclude: "none" });
        assertEquals(indices, topK(models.score(name, history), k).indices);
      }
      const some = Uint32Array.of(products.indexOf("other"), 3, products.indexOf("new"), 0);
      const all = models.score(name, history);
      assertEquals(
        models.scorer(name).scoreSome!(history, some),
        Float32Array.from(some, (item) => all[item]),
      );
      const hidden = Uint32Array.of(products.indexOf("new"));
      const { indices } = rank(models.scorer(name), history, { k: 20, hidden });
      assert(!indices.includes(hidden[0]) && indices.includes(products.indexOf("other")));
    }
  }
  const { indices } = rank(models.scorer("popularity"), purchasesOf([0]), { k: 1 });
  assertEquals(products.idAt(indices[0]), "plain");
});

Deno.test("a product that is like no known one isn't recommended by behavior", async () => {
  const { products, change, models } = await blockShop();
  change("plain", {});
  assertEquals(models.score("als", purchasesOf([0]))[products.indexOf("plain")], -Infinity);
  change("plain", LIKE_FIRST);
  assert(models.score("als", purchasesOf([0]))[products.indexOf("plain")] > -Infinity);
});

Deno.test("a change of stock, or to what a product is already, describes nothing", async () => {
  const { change, models } = await blockShop();
  const untouched = models.content.terms;
  change("item-0", { inStock: false });
  change("item-1", { brand: "brand-0", category: "shop.block.0", price: 1 });
  assert(models.content.terms === untouched);
  change("item-0", { brand: "brand-2" });
  const { terms } = models.content;
  assert(terms !== untouched);
  change("item-0", { inStock: true });
  assert(models.content.terms === terms);
});
