import type { Artifact } from "../../../src/artifact/load.ts";
import { Products } from "../../../src/service/catalogue/products.ts";
import { LiveModels } from "../../../src/service/recommend/live_models.ts";
import { SimilarProducts } from "../../../src/service/recommend/similar_products.ts";
import { tinyArtifact } from "../../artifact/tiny_shop.ts";
import { assertEquals } from "../../assert.ts";
import { pairs, sourcesOf } from "./pairs_shop.ts";

function similarProductsOf(artifact: Artifact): SimilarProducts {
  const products = new Products(artifact.interactions);
  return new SimilarProducts(artifact, products, new LiveModels(artifact, products));
}

Deno.test("what is similar to a product with few events is said by its description", async () => {
  const seldom = (events: number) =>
    tinyArtifact({
      evidence: {
        events: Uint8Array.of(events, 99, 99, 99, 99),
        newcomers: new Uint32Array(0),
        needed: new Uint8Array(0),
        starts: Uint32Array.of(0),
        standIns: new Uint32Array(0),
      },
    }).then(similarProductsOf);
  // By the table, 100 goes with 400, 300, 200 in this order.
  assertEquals((await seldom(11)).list([0], { k: 2 }).model, "affinity");
  const { model, items } = (await seldom(10)).list([0], { k: 2 });
  assertEquals(model, "content");
  assertEquals(items, (await seldom(99)).list([0], { model: "content", k: 2 }).items);
  // Of several products, events say enough if they do of one.
  assertEquals((await seldom(10)).list([0, 1], { k: 2 }).model, "affinity");
});

Deno.test("similar products that the model doesn't know have similar descriptions", () => {
  const by = similarProductsOf(pairs);
  const { model, items } = by.list([0], { model: "pairs", k: 3 });
  assertEquals(model, "pairs");
  assertEquals(items.map(({ source }) => source), ["content", "content", "popularity"]);
  assertEquals(items[2].productId, "200");
  assertEquals(sourcesOf(by.list([1], { model: "pairs", k: 1 })), [["500", "model"]]);
});
