import { priceElasticity } from "../../../src/analysis/tables/elasticity.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";
import { productTable } from "./product_table.ts";

/**
 * Products at prices 1, 2 and 4; for `cheap`, doubling the price halves the conversion; for `dear`,
 * it doubles it.
 */
const products = productTable({
  brand: ["cheap", "cheap", "cheap", "dear", "dear", "dear", "small", "small", "unknown", "cheap"],
  price: [1, 2, 4, 1, 2, 4, 1, 2, 1, null],
  viewers: [100, 100, 100, 200, 200, 200, 100, 100, 100, 100],
  buyers: [40, 20, 10, 10, 20, 40, 30, 40, 50, 60],
});

Deno.test("elasticity is a brand's slope of log conversion against log price", async () => {
  const { brands, omitted } = await priceElasticity(products, { minProducts: 3 });
  assertEquals(brands.map(({ brand, products, buyers }) => [brand, products, buyers]), [
    ["cheap", 3, 70],
    ["dear", 3, 70],
  ]);
  assertAlmostEquals(brands[0].elasticity, -1, 1e-9);
  assertAlmostEquals(brands[1].elasticity, 1, 1e-9);
  assertEquals(omitted, 1);
});

Deno.test("the pooled elasticity lies between the brands'", async () => {
  // Mirror images of each other with equally many buyers.
  const { pooled } = await priceElasticity(products, { minProducts: 3 });
  assertAlmostEquals(pooled!.elasticity, 0, 1e-9);
  assertEquals([pooled!.products, pooled!.buyers], [6, 140]);
});

Deno.test("the interval is 1.96 standard errors to either side", async () => {
  // Var b = 1 / (N · Var x): x is 0, log 2 and 2 log 2 with weights 4/7, 2/7 and 1/7.
  const { brands } = await priceElasticity(products, { minProducts: 3 });
  const mean = (2 / 7 + 2 / 7) * Math.LN2;
  const variance = (2 / 7 + 4 / 7) * Math.LN2 ** 2 - mean ** 2;
  const error = 1 / Math.sqrt(70 * variance);
  assertAlmostEquals(brands[0].standardError, error, 1e-9);
  assertAlmostEquals(brands[0].low, -1 - 1.96 * error, 1e-9);
  assertAlmostEquals(brands[0].high, -1 + 1.96 * error, 1e-9);
});

Deno.test("brands with few products or buyers are omitted", async () => {
  assertEquals(await priceElasticity(products), { brands: [], omitted: 3 });
  const { brands, omitted } = await priceElasticity(products, { minProducts: 3, minBuyers: 71 });
  assertEquals([brands.length, omitted], [0, 3]);
});
