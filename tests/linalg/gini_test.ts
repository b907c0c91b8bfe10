import { gini } from "../../src/linalg/gini.ts";
import { assertAlmostEquals, assertEquals } from "../assert.ts";

Deno.test("the Gini coefficient is half the mean difference over the mean", () => {
  // Of 1, 2, 5, 0: Σ|xᵢ − xⱼ| over all 16 pairs is 2 · (1 + 4 + 1 + 3 + 2 + 5) = 32, divided by 2 ·
  // 16 · 2.
  assertAlmostEquals(gini([1, 2, 5, 0]), 32 / (2 * 16 * 2), 1e-12);
});

Deno.test("equal values give 0, one with everything 1 − 1/n, in any order", () => {
  assertAlmostEquals(gini(new Float32Array(7).fill(3)), 0, 1e-12);
  assertAlmostEquals(gini(Uint32Array.of(0, 9, 0, 0, 0)), 0.8, 1e-12);
  assertAlmostEquals(gini([3, 1, 2]), gini([1, 2, 3]), 1e-12);
});

Deno.test("without anything to share the coefficient is NaN", () => {
  assertEquals([gini([]), gini([0, 0])], [NaN, NaN]);
});
