import { effectOf } from "../../src/experiments/effect.ts";
import { meansOf } from "../../src/experiments/estimates.ts";
import { createRandom } from "../../src/linalg/random.ts";
import { assert, assertAlmostEquals, assertEquals } from "../assert.ts";
import { drawRevenue, simulateArms } from "./simulated_arms.ts";

Deno.test("the effect and its interval as worked out by hand", () => {
  // ρ²·n = 5.9915 + ln 6.9915 = 7.9362 at the narrowest, so √(8.9362 / 7.9362 · (ln 8.9362 +
  // 5.9915)) = 3.0352 standard errors; these are √(0.01 + 0.03) = 0.2.
  const control = { value: 2, variance: 0.01, units: 4000 };
  const { difference, relative, isCertain } = effectOf(
    control,
    { value: 3, variance: 0.03, units: 6000 },
    { narrowestAt: 10_000 },
  );
  assertEquals([difference.estimate, isCertain], [1, true]);
  assertAlmostEquals(difference.low, 1 - 0.2 * 3.0352, 1e-4);
  assertAlmostEquals(difference.high, 1 + 0.2 * 3.0352, 1e-4);
  // (0.03 + 1.5² · 0.01) / 2² = 0.013125
  assertEquals(relative?.estimate, 0.5);
  assertAlmostEquals(relative!.high, 0.5 + 3.0352 * Math.sqrt(0.013125), 1e-4);
});

Deno.test("with too few units nothing is certain, and a control of 0 has no share", () => {
  const few = effectOf(
    { value: 0, variance: 0, units: 5000 },
    { value: 3, variance: 0, units: 99 },
  );
  assertEquals(few, {
    difference: { estimate: 3, low: -Infinity, high: Infinity },
    isCertain: false,
  });
});

Deno.test("while all users are alike, as before the first purchase, effects have no bounds", () => {
  const nobody = { value: 0, variance: 0, units: 5000 };
  assertEquals(effectOf(nobody, nobody), {
    difference: { estimate: 0, low: -Infinity, high: Infinity },
    isCertain: false,
  });
  const some = { value: 0.01, variance: 2e-6, units: 5000 };
  const { difference, isCertain } = effectOf(nobody, some);
  assert(Number.isFinite(difference.low) && isCertain);
});

Deno.test("a few users without a click say little beside many who click rarely", () => {
  // Without effect, 100 users don't click at all with a chance of 0.995¹⁰⁰ = 61%.
  const control = { value: 0.005, variance: 0.005 * 0.995 / 100_000, units: 100_000 };
  const none = { value: 0, variance: 0 };
  const few = effectOf(control, { ...none, units: 100 });
  assertEquals(few.isCertain, false);
  assert(few.relative!.high > 0);
  const many = effectOf(control, { ...none, units: 100_000 });
  assert(many.isCertain && many.relative!.high < 0);
});

/** The share of experiments in which some look misses the true effect. */
function missShare(runs: number, added: number, options: { alpha: number }): number {
  let missed = 0;
  for (let run = 0; run < runs; run++) {
    let misses = false;
    const random = createRandom(run);
    simulateArms(drawRevenue, { units: 2000, every: 100, added, random }, (control, arm) => {
      const [a, b] = meansOf([control, arm]);
      const { difference } = effectOf(a, b, { ...options, narrowestAt: 2000, least: 50 });
      misses ||= added < difference.low || added > difference.high;
    });
    if (misses) missed++;
  }
  return missed / runs;
}

Deno.test("of 10,000 experiments without an effect, at most 5% signal at any of 20 looks", () => {
  const share = missShare(10_000, 0, { alpha: 0.05 });
  assert(share <= 0.05 && share > 0.001, `${share}`);
});

Deno.test("an interval of one look would signal in more than 15% of them", () => {
  let signals = 0;
  for (let run = 0; run < 1000; run++) {
    let signal = false;
    const random = createRandom(run);
    simulateArms(drawRevenue, { units: 2000, every: 100, random }, (control, arm) => {
      const [a, b] = meansOf([control, arm]);
      signal ||= Math.abs(b.value - a.value) > 1.96 * Math.sqrt(a.variance + b.variance);
    });
    if (signal) signals++;
  }
  assert(signals > 150, `${signals}`);
});

Deno.test("the true effect is in the interval at all looks in 95% of experiments", () => {
  const share = missShare(2000, 0.1, { alpha: 0.05 });
  assert(share <= 0.05, `${share}`);
});
