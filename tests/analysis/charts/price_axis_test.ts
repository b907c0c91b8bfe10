import { priceAxis } from "../../../src/analysis/charts/price_axis.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("ticks are at 1, 2 and 5 times powers of ten, within the prices", () => {
  assertEquals(priceAxis(.15, 12).axis.values, [.2, .5, 1, 2, 5, 10]);
  assertEquals(priceAxis(1, 1).axis.values, [1]);
  assertEquals(priceAxis(900, 5000).axis.values, [1000, 2000, 5000]);
});
