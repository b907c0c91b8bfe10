import { fittedBefore, keepFitted } from "../../src/models/fitted_before.ts";
import { algorithmNamed } from "../../src/models/mod.ts";
import { itemKnn } from "../../src/models/item_knn.ts";
import { pureSvd } from "../../src/models/pure_svd.ts";
import { assert, assertEquals } from "../assert.ts";
import { changingShop } from "../training/changing_shop.ts";

const shop = changingShop();

Deno.test("a model is found again by its data, its algorithm and all of its options", async () => {
  const model = await itemKnn.fit(shop);
  keepFitted(shop, { algorithm: itemKnn, options: {} }, model);
  const found = (options: object, data = shop) =>
    fittedBefore(data, { algorithm: itemKnn, options });
  assert(found({}) === model);
  assert(
    found({ rating: itemKnn.defaults.rating, neighbors: itemKnn.defaults.neighbors }) === model,
  );
  assertEquals(found({ neighbors: 3 }), undefined);
  assertEquals(found({ pairHalfLifeDays: 7 }), undefined);
  assertEquals(found({}, { ...shop }), undefined);
  assertEquals(fittedBefore(shop, { algorithm: pureSvd, options: {} }), undefined);
});

Deno.test("a blend leaves its members, and takes those that others left", async () => {
  const data = { ...shop };
  const blend = algorithmNamed("blend");
  const options = {
    members: [{ name: "item_knn" }, { name: "popularity" }],
    weights: [1, 1],
  };
  assertEquals(blend.fitsBesides?.(options), ["item_knn", "popularity"]);
  const fresh = (await blend.fit(data, options)).toTensors();
  const kept = fittedBefore(data, { algorithm: itemKnn, options: itemKnn.defaults });
  assertEquals(kept?.toTensors(), (await itemKnn.fit(shop)).toTensors());
  const again = await blend.fit(data, options);
  assertEquals(again.toTensors(), fresh);
  assert(fittedBefore(data, { algorithm: itemKnn, options: {} }) === kept);
});
