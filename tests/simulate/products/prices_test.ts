import { assignPrices, cheapness } from "../../../src/simulate/products/prices.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";

Deno.test("prices of views have the real quartiles, whatever the products' order", () => {
  const count = 2000;
  const logPrices = Array.from({ length: count }, (_, i) => (7919 * i) % count);
  const prices = assignPrices(logPrices, logPrices.map(() => 1)).sort();
  // 0.25, 0.5 and 0.75 of the table; the real shop's, raised a little because taste pulls towards
  // the middle.
  assertAlmostEquals(prices[count / 4], 3.08, 0.1);
  assertAlmostEquals(prices[count / 2], 5.25, 0.1);
  assertAlmostEquals(prices[3 * count / 4], 10.7, 0.2);
  assert(prices[0] > 0);
  assert(prices[count - 1] <= 327.78);
});

Deno.test("a frequently viewed product takes a larger part of the distribution", () => {
  // Products 0 and 1 take the shares 0–0.5 and 0.5–1, whose middles are at 3.08 and 10.7.
  const prices = assignPrices([0, 1], [10, 10]);
  assertAlmostEquals(prices[0], 3.08, 0.1);
  assertAlmostEquals(prices[1], 10.7, 0.2);
});

Deno.test("prices keep their order and are multiples of five or ten roubles", () => {
  const prices = assignPrices([3, 1, 2], [1, 1, 1]);
  assert(prices[1] < prices[2] && prices[2] < prices[0]);
  for (const price of prices) {
    const roubles = Math.round(63 * price);
    assertEquals(roubles % (roubles < 100 ? 5 : 10), 0);
  }
});

Deno.test("cheap products are more likely to be added to the cart", () => {
  assertAlmostEquals(cheapness(3.4), 0.5, 1e-12);
  assert(cheapness(1) > 0.9 && cheapness(30) < 0.02);
});
