import { als } from "../../../src/models/als.ts";
import { itemKnn } from "../../../src/models/item_knn.ts";
import type { ProductEvidence } from "../../../src/models/content/evidence.ts";
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
import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { blockInteractions, purchasesOf } from "../../models/block_data.ts";

/** Models of the shop with three kinds of customers, its products, and a way to change them. */
async function blockShop(evidence?: ProductEvidence) {
  const interactions = blockInteractions() as ShopInteractions;
  const models = new Map<string, Model>();
  for (const algorithm of [popularity, als, itemKnn]) {
    models.set(algorithm.name, await algorithm.fit(interactions));
  }
  const artifact: Artifact = {
    ...await tinyArtifact(),
    interactions: { ...stored(interactions), ...(evidence && { evidence }) },
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

/** Item 4 of the first block and item 14 of the last came lately; the best of two stand for 14. */
const NEWCOMERS: ProductEvidence = {
  events: new Uint8Array(15).fill(50),
  newcomers: Uint32Array.of(4, 14),
  needed: Uint8Array.of(2, 1),
  starts: Uint32Array.of(0, 3, 5),
  standIns: Uint32Array.of(0, 1, 2, 10, 11),
};

Deno.test("a newcomer scores what enough of its stand-ins reach, or its own score", async () => {
  const { models } = await blockShop(NEWCOMERS);
  for (const name of ["als", "item_knn"]) {
    for (const own of [[0, 1], [10, 12], [4]]) {
      const history = purchasesOf(own);
      const modeled = new Float32Array(15);
      models.named(name).score(history, modeled);
      const scores = models.score(name, history);
      const [, second] = [...modeled.subarray(0, 3)].sort((a, b) => b - a);
      assertEquals(scores[4], Math.max(modeled[4], second));
      assertEquals(scores[14], Math.max(modeled[14], modeled[10], modeled[11]));
      assertEquals(scores.subarray(0, 4), modeled.subarray(0, 4));
      const estimated = models.estimatedAmong(name, history, Uint32Array.of(0, 4, 14));
      assertEquals([...estimated], [4, 14].filter((item) => scores[item] > modeled[item]));
    }
  }
});

Deno.test("ranking with newcomers is that of scoring all, whatever is hidden", async () => {
  const { products, change, models } = await blockShop(NEWCOMERS);
  const compare = (name: string) => {
    for (const own of [[0, 1], [3, 12], [10, 13], [4, 14]]) {
      const history = purchasesOf(own);
      const filtered = [[0, 1, 2, 3, 5, 6, 7, 8, 9], [3, 5, 6, 7, 8, 9, 10, 11, 12, 13]];
      for (const hidden of [[], [0], [4], [0, 1, 2, 3], [2, 10, 11, 14], ...filtered]) {
        for (const k of [1, 2, 4, 14, 30]) {
          const options = { k, exclude: "none", hidden: Uint32Array.from(hidden) } as const;
          const ranked = rank(models.scorer(name), history, options);
          const all = models.score(name, history).slice();
          for (const item of hidden) all[item] = -Infinity;
          const { indices, scores } = topK(all, k);
          const some = models.scorer(name).scoreSome!(history, indices);
          assertEquals(some, scores);
          // Those about which the history says nothing are none of a list's.
          const count = scores.filter((score) =>
            score > (models.named(name).noSignal ?? -Infinity)
          );
          assertEquals(ranked.indices.subarray(0, count.length), indices.subarray(0, count.length));
          assertEquals(ranked.scores.subarray(0, count.length), count);
        }
      }
    }
  };
  compare("als");
  compare("item_knn");
  change("new", LIKE_FIRST);
  assertEquals(models.uncertain.items, Uint32Array.of(4, 14, products.indexOf("new")));
  compare("als");
  compare("item_knn");
});

Deno.test("a product that is like no known one isn't recommended by behavior", async () => {
  const { products, change, models } = await blockShop();
  change("plain", {});
  assertEquals(models.score("als", purchasesOf([0]))[products.indexOf("plain")], -Infinity);
  change("plain", LIKE_FIRST);
  assert(models.score("als", purchasesOf([0]))[products.indexOf("plain")] > -Infinity);
});

Deno.test("the model that was asked answers if it knows a product of the history", async () => {
  const { products, change, models } = await blockShop();
  change("new", LIKE_FIRST);
  const added = products.indexOf("new");
  const answering = (items: number[]) => models.modelFor("als", purchasesOf(items));
  assertEquals([[0, added], [added], []].map(answering), ["als", "content", "popularity"]);
  assertEquals(models.knowsAny("als", purchasesOf([added, 0])), true);
  assertEquals(models.knowsAny("als", purchasesOf([added])), false);
  assertEquals(models.knowsAny("content", purchasesOf([added])), true);
  assertThrows(() => models.modelFor("svd", purchasesOf([0])), RangeError, 'model "svd"');
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
