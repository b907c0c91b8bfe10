import { poissonSlope, type Stratum } from "../../../src/analysis/tables/poisson_slope.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";

function stratum(x: number[], counts: number[], exposures: number[]): Stratum {
  return {
    x: Float64Array.from(x),
    counts: Float64Array.from(counts),
    exposures: Float64Array.from(exposures),
  };
}

Deno.test("between two groups, the slope is the log ratio of their rates", () => {
  // Three rows per group, each at its group's rate: 12/200 against 6/50. Then Var b = 1/12 + 1/6.
  const x = [0, 0, 0, 1, 1, 1];
  const fit = poissonSlope([stratum(x, [3, 6, 3, 1, 2, 3], [50, 100, 50, 50 / 6, 100 / 6, 25])]);
  assertAlmostEquals(fit!.slope, Math.log((6 / 50) / (12 / 200)), 1e-10);
  assertAlmostEquals(fit!.standardError, Math.sqrt(1 / 12 + 1 / 6), 1e-10);
});

Deno.test("counts of zero affect the slope", () => {
  // Groups 0 and 1 with rates 4/4 and 2/4: a line through logarithms would never see the two zeros.
  const fit = poissonSlope([stratum([0, 0, 1, 1, 1, 1], [2, 2, 1, 0, 1, 0], [2, 2, 1, 1, 1, 1])]);
  assertAlmostEquals(fit!.slope, Math.log(.5), 1e-10);
});

Deno.test("overdispersed counts enlarge the standard error", () => {
  // Two groups of two, each 2 and 18 around 10: chi-squared = 4 · 64/10 over 4 - 2 degrees of
  // freedom.
  const fit = poissonSlope([stratum([0, 0, 1, 1], [2, 18, 18, 2], [1, 1, 1, 1])]);
  assertAlmostEquals(fit!.slope, 0, 1e-10);
  assertAlmostEquals(fit!.standardError, Math.sqrt((4 * 64 / 10 / 2) * (1 / 20 + 1 / 20)), 1e-10);
});

Deno.test("strata share the slope but not the level", () => {
  // The first doubles from 10 to 20 per 100, the second from 400 to 800: log 2 within each, but not
  // across them.
  const fit = poissonSlope([
    stratum([0, 1], [10, 20], [100, 100]),
    stratum([-3, -2], [400, 800], [100, 100]),
  ]);
  assertAlmostEquals(fit!.slope, Math.LN2, 1e-10);
});

Deno.test("steep slopes are found", () => {
  const x = [0, 1, 2, 3];
  const counts = x.map((x) => 1e6 * Math.exp(-4 * x));
  const fit = poissonSlope([stratum(x.map((x) => 1000 + 10 * x), counts, [1, 1, 1, 1])]);
  assertAlmostEquals(fit!.slope, -.4, 1e-8);
});

Deno.test("counts that don't determine a slope give none", () => {
  assertEquals(poissonSlope([]), undefined);
  assertEquals(poissonSlope([stratum([0, 1, 2], [0, 0, 0], [9, 9, 9])]), undefined);
  assertEquals(poissonSlope([stratum([0, 1], [3, 4], [9, 9])]), undefined, "as many parameters");
  assertEquals(poissonSlope([stratum([1, 1, 1], [3, 4, 5], [9, 9, 9])]), undefined, "one x");
  assertEquals(poissonSlope([stratum([0, 1, 2], [3, 0, 0], [9, 9, 9])]), undefined, "least x");
  assertEquals(poissonSlope([stratum([0, 1, 2], [0, 0, 3], [9, 9, 9])]), undefined, "greatest x");
  assert(poissonSlope([stratum([0, 1, 2], [0, 3, 0], [9, 9, 9])]));
});
