import { createRandom, type Random } from "../../../src/linalg/random.ts";
import {
  beta,
  cumulate,
  drawIndex,
  hash32,
  headShare,
  heavyCount,
  logNormalQuantiles,
  pareto,
} from "../../../src/simulate/parameters/distributions.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";

const DRAWS = 20_000;

function draws(draw: (random: Random) => number): number[] {
  const random = createRandom(3);
  return Array.from({ length: DRAWS }, () => draw(random));
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const shareOf = (values: readonly number[], holds: (value: number) => boolean) =>
  values.filter(holds).length / values.length;

Deno.test("evenly spaced log-normal quantiles have the right median and percentiles", () => {
  const values = logNormalQuantiles(createRandom(1), 10_001, 1.5).sort();
  assertAlmostEquals(values[5000], 1, 1e-9);
  // The normal distribution's 90th and 99th percentile: 1.2816 and 2.3263.
  assertAlmostEquals(Math.log(values[9000]) / 1.5, 1.2816, 0.01);
  assertAlmostEquals(Math.log(values[9900]) / 1.5, 2.3263, 0.02);
});

Deno.test("a heavy-tailed count is 1 as often as the log-normal is below 1, and is capped", () => {
  const counts = draws((random) => heavyCount(random, 0.5, 1, 40));
  // P(0.5 e^z < 1) = Φ(ln 2) = 0.756
  assertAlmostEquals(shareOf(counts, (count) => count === 1), 0.756, 0.01);
  assert(counts.every((count) => Number.isInteger(count) && count >= 1 && count <= 40));
  assertEquals(heavyCount(createRandom(1), 1e9, 1, 40), 40);
});

Deno.test("a Pareto number exceeds x with probability (min / x)^exponent", () => {
  const values = draws((random) => pareto(random, 2, 0.5, 1000));
  assertAlmostEquals(shareOf(values, (value) => value > 8), 0.5, 0.015);
  assertAlmostEquals(shareOf(values, (value) => value > 200), 0.1, 0.01);
  assertEquals(Math.max(...values), 1000);
});

Deno.test("a beta number has mean a / (a + b)", () => {
  assertAlmostEquals(mean(draws((random) => beta(random, 0.85, 1.4))), 0.85 / 2.25, 0.01);
});

Deno.test("positions of a range are drawn by weight; none if all weights are 0", () => {
  const sums = cumulate([5, 1, 0, 3, 0, 0]);
  const drawn = draws((random) => drawIndex(random, sums, 1, 4));
  assertAlmostEquals(shareOf(drawn, (position) => position === 1), 0.25, 0.015);
  assertAlmostEquals(shareOf(drawn, (position) => position === 3), 0.75, 0.015);
  assertEquals(drawIndex(createRandom(1), sums, 4, 6), -1);
});

Deno.test("the head by score holds about the requested share", () => {
  assertEquals(headShare([1, 4, 3, 2], [10, 20, 30, 40], 0.5), [false, true, true, false]);
  assertEquals(headShare([1, 2], [1, 1], 0), [false, false]);
  assertEquals(headShare([1, 2], [1, 1], 1), [true, true]);
});

Deno.test("hashes of ten thousand numbers are distinct and fill their range evenly", () => {
  const hashes = Array.from({ length: 10_000 }, (_, i) => hash32(i, 7));
  assertEquals(new Set(hashes).size, 10_000);
  assertAlmostEquals(mean(hashes) / 2 ** 32, 0.5, 0.01);
});
