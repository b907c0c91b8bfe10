import { normalQuantile, normalShare } from "../../src/experiments/normal_quantile.ts";
import { assertAlmostEquals } from "../assert.ts";

Deno.test("quantiles and shares are those of published tables", () => {
  const table: [z: number, share: number][] = [
    [1.2815515655446004, 0.9],
    [1.959963984540054, 0.975],
    [2.5758293035489004, 0.995],
    [-3.090232306167813, 0.001],
    [-6.361340902404056, 1e-10],
  ];
  for (const [z, share] of table) {
    assertAlmostEquals(normalShare(z) / share, 1, 1e-9);
    assertAlmostEquals(normalQuantile(share), z, 1e-7);
  }
  assertAlmostEquals(normalQuantile(0.5), 0, 1e-15);
});

Deno.test("the two ways to compute shares meet", () => {
  assertAlmostEquals(normalShare(-3 - 1e-12) / normalShare(-3 + 1e-12), 1, 1e-10);
});
