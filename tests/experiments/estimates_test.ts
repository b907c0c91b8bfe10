import { type Estimate, meansOf, ratioOf } from "../../src/experiments/estimates.ts";
import { createRandom } from "../../src/linalg/random.ts";
import { mean } from "../../src/base/statistics.ts";
import { assert, assertAlmostEquals, assertEquals } from "../assert.ts";
import { addUnit, noUnits, simulateArms } from "./simulated_arms.ts";

function sumsOf(units: readonly [value: number, before: number][]) {
  const sums = noUnits();
  for (const [value, before] of units) addUnit(sums, value, before);
  return sums;
}

Deno.test("without values from before, the estimates are the means and their variances", () => {
  // Variances 1 and 4 of the values, by 3 and 2 units.
  const arms = [sumsOf([[1, 0], [2, 0], [3, 0]]), sumsOf([[0, 0], [2 * Math.SQRT2, 0]])];
  const [first, second] = meansOf(arms);
  assertEquals(first, { value: 2, variance: 1 / 3, units: 3 });
  assertAlmostEquals(second.value, Math.SQRT2, 1e-12);
  assertAlmostEquals(second.variance, 2, 1e-12);
});

Deno.test("values from before are taken out, as worked out by hand", () => {
  // Within the arms: Σ(x−x̄)² = 2 + 2, Σ(x−x̄)(y−ȳ) = 4 + 4, so θ = 2; y = 2x, and 2x + 1 in
  // the second arm. Means of x: 1, 2 and 1.5 of both.
  const arms = [sumsOf([[0, 0], [4, 2]]), sumsOf([[3, 1], [7, 3]])];
  assertEquals(meansOf(arms), [
    { value: 2 + 2 * 0.5, variance: 0, units: 2 },
    { value: 5 - 2 * 0.5, variance: 0, units: 2 },
  ]);
});

Deno.test("taking out what was before leaves differences unbiased and narrower", () => {
  const differences: Record<"plain" | "adjusted", number[]> = { plain: [], adjusted: [] };
  let plain = 0, adjusted = 0;
  for (let run = 0; run < 400; run++) {
    simulateArms(
      (random) => {
        const before = random.normal();
        return { value: before + 0.5 * random.normal(), before };
      },
      { units: 400, every: 400, added: 0.3, random: createRandom(run) },
      (control, arm) => {
        const without = [control, arm].map((sums) => ({
          ...sums,
          before: 0,
          beforeSquares: 0,
          products: 0,
        }));
        const varianceOf = ([a, b]: Estimate[]) => a.variance + b.variance;
        const differenceOf = ([a, b]: Estimate[]) => b.value - a.value;
        differences.plain.push(differenceOf(meansOf(without)));
        differences.adjusted.push(differenceOf(meansOf([control, arm])));
        plain += varianceOf(meansOf(without));
        adjusted += varianceOf(meansOf([control, arm]));
      },
    );
  }
  // The variance of a value is 1.25, of which 0.25 is left.
  assertAlmostEquals(adjusted / plain, 0.2, 0.01);
  assertAlmostEquals(mean(differences.adjusted), 0.3, 0.01);
  const spread = mean(differences.adjusted.map((difference) => (difference - 0.3) ** 2));
  assertAlmostEquals(spread / (adjusted / 400), 1, 0.2);
});

Deno.test("the variance of a ratio counts units, not lists", () => {
  const random = createRandom(3);
  const ratios: number[] = [];
  let variances = 0;
  for (let run = 0; run < 1000; run++) {
    const sums = {
      ...{ units: 0, numerators: 0, numeratorSquares: 0 },
      ...{ denominators: 0, denominatorSquares: 0, products: 0 },
    };
    for (let user = 0; user < 200; user++) {
      // Each user has a click rate of its own.
      const lists = 1 + random.integer(20), rate = random.next() * 0.4;
      let clicks = 0;
      for (let list = 0; list < lists; list++) if (random.next() < rate) clicks++;
      sums.units++;
      sums.numerators += clicks;
      sums.numeratorSquares += clicks * clicks;
      sums.denominators += lists;
      sums.denominatorSquares += lists * lists;
      sums.products += clicks * lists;
    }
    const { value, variance } = ratioOf(sums);
    ratios.push(value);
    variances += variance;
  }
  const average = mean(ratios);
  assertAlmostEquals(average, 0.2, 0.005);
  const spread = mean(ratios.map((ratio) => (ratio - average) ** 2));
  assertAlmostEquals(spread / (variances / 1000), 1, 0.1);
  // As independent lists they would seem more certain.
  assert(spread > 1.4 * 0.2 * 0.8 / (200 * 10.5));
});
