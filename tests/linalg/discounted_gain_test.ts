import { discount, idealGain } from "../../src/linalg/discounted_gain.ts";
import { assertAlmostEquals, assertEquals } from "../assert.ts";

Deno.test("a hit at rank 1 gains 1, at rank 3 a half, at rank 7 a third", () => {
  assertEquals([1, 3, 7].map(discount), [1, 1 / 2, 1 / 3]);
});

Deno.test("the ideal gain sums the discounts from the top", () => {
  assertEquals(idealGain(0), 0);
  assertAlmostEquals(idealGain(3), 1 + 1 / Math.log2(3) + 1 / 2, 1e-15);
});
