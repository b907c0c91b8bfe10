import { poissonInterval, poissonTail } from "../../../src/analysis/tables/poisson_interval.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";

Deno.test("intervals match Garwood's table", () => {
  const table = [[0, 0, 3.689], [1, .0253, 5.572], [5, 1.623, 11.668], [100, 81.36, 121.63]];
  for (const [count, low, high] of table) {
    const interval = poissonInterval(count);
    assertAlmostEquals(interval.low, low, .005);
    assertAlmostEquals(interval.high, high, .005);
  }
});

Deno.test("a count of thousands has an interval too", () => {
  // Nearly normal: count ± 1.96 √count, and half a step.
  const { low, high } = poissonInterval(10_000);
  assertAlmostEquals(low, 9804.97, .05);
  assertAlmostEquals(high, 10_197.9, .1);
});

Deno.test("tails are exact where they are tiny, and 1 from zero on", () => {
  // P(X ≥ 3) ≈ mean³ / 3! for a mean near zero.
  assertAlmostEquals(poissonTail(3, 1e-6) / (1e-18 / 6), 1, 1e-5);
  assertAlmostEquals(poissonTail(2, 3), 1 - Math.exp(-3) * (1 + 3), 1e-12);
  assertEquals(poissonTail(0, 5), 1);
});
