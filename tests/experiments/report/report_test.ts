import { ArmSums } from "../../../src/experiments/report/arm_sums.ts";
import { planExperiment, reportExperiment } from "../../../src/experiments/report/report.ts";
import { detectableEffect } from "../../../src/experiments/detectable_effect.ts";
import type { UserFigures } from "../../../src/experiments/report/user_figures.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";
import { createRandom } from "../../../src/linalg/random.ts";

const NOTHING: UserFigures = {
  ...{ lists: 1, clicked: 0, carted: 0, bought: 0, listRevenue: 0 },
  ...{ converted: 0, revenue: 0, convertedBefore: 0, revenueBefore: 0 },
};

function sumsOf(users: readonly Partial<UserFigures>[]): ArmSums {
  const sums = new ArmSums();
  for (const user of users) sums.add({ ...NOTHING, ...user });
  return sums;
}

function arm(name: string, users: readonly Partial<UserFigures>[], share = 0.5) {
  return { name, share, sums: sumsOf(users) };
}

Deno.test("metrics of an arm are ratios of its lists and means of its users", () => {
  const users = [
    { lists: 1, clicked: 1, carted: 1, bought: 1, listRevenue: 6, converted: 1, revenue: 8 },
    { lists: 3, clicked: 0, revenue: 0 },
  ];
  const { arms: [{ metrics, ...counts }] } = reportExperiment([arm("a", users), arm("b", users)]);
  assertEquals(counts, {
    name: "a",
    share: 0.5,
    users: 2,
    lists: 4,
    clicked: 1,
    carted: 1,
    bought: 1,
  });
  const values = Object.entries(metrics).map(([name, { value }]) => [name, value]);
  assertEquals(values, [
    ["clickThrough", 0.25],
    ["addToCart", 0.25],
    ["revenuePerThousandLists", 1500],
    ["conversion", 0.5],
    ["revenuePerUser", 4],
  ]);
  // Residuals 1 − 0.25 and 0 − 0.75: √((0.5625 + 0.5625) / (1 · 2 · 2²)).
  assertAlmostEquals(metrics.clickThrough.standardError!, Math.sqrt(1.125 / 8), 1e-12);
  // Values 8 and 0: √(32 / 2).
  assertEquals(metrics.revenuePerUser.standardError, 4);
});

Deno.test("arms are compared to the control, once there are enough users", () => {
  const buyers = (count: number, share: number) =>
    Array.from({ length: count }, (_, i) => ({ converted: i < share * count ? 1 : 0 }));
  const few = reportExperiment([arm("a", buyers(50, 0.1)), arm("b", buyers(50, 0.5))]);
  const [control, other] = few.arms.map(({ metrics }) => metrics.conversion);
  assertEquals([control.effect, other.effect?.isCertain], [undefined, false]);
  assertEquals(other.effect?.difference.low, -Infinity);
  const many = reportExperiment([arm("a", buyers(2000, 0.1)), arm("b", buyers(2000, 0.2))]);
  const { effect } = many.arms[1].metrics.conversion;
  assertAlmostEquals(effect!.difference.estimate, 0.1, 1e-12);
  assertAlmostEquals(effect!.relative!.estimate, 1, 1e-12);
  assert(effect!.isCertain && effect!.difference.low > 0.05);
});

Deno.test("what users bought before takes variance out of what they buy", () => {
  const random = createRandom(7);
  const users = () =>
    Array.from({ length: 500 }, () => {
      const revenueBefore = 100 * random.next();
      return { revenueBefore, revenue: revenueBefore + random.next() };
    });
  const all = [users(), users()];
  const errorOf = (arms: Partial<UserFigures>[][]) =>
    reportExperiment(arms.map((each, i) => arm(`${i}`, each))).arms[1]
      .metrics.revenuePerUser.standardError!;
  const without = all.map((each) => each.map(({ revenue }) => ({ revenue })));
  assert(errorOf(all) < errorOf(without) / 20);
});

Deno.test("with three arms, each interval has half the chance to miss", () => {
  const users = Array.from({ length: 1000 }, (_, i) => ({ converted: i % 2 }));
  const widthOf = (names: string[]) => {
    const { arms: [, { metrics: { conversion: { effect } } }] } = reportExperiment(
      names.map((name) => arm(name, users, 1 / names.length)),
    );
    return effect!.difference.high - effect!.difference.low;
  };
  assert(widthOf(["a", "b", "c"]) > widthOf(["a", "b"]));
});

Deno.test("arms whose sizes aren't as they should be are an alarm, except those held out", () => {
  const users = (count: number) => Array.from({ length: count }, () => ({}));
  const ratioOf = (a: number, b: number) =>
    reportExperiment([
      arm("a", users(a)),
      arm("b", users(b)),
      { name: "holdout", sums: sumsOf(users(100)) },
    ]).sampleRatio;
  assertEquals(ratioOf(5000, 5010), { pValue: 1, isOff: false });
  assertEquals(ratioOf(5000, 5600).isOff, true);
});

Deno.test("an arm without users has no metrics", () => {
  const { arms, sampleRatio } = reportExperiment([arm("a", []), arm("b", [])]);
  assertEquals(arms.map(({ users, metrics }) => [users, metrics.conversion]), [[0, {}], [0, {}]]);
  assertEquals(sampleRatio.isOff, false);
});

Deno.test("a plan says which effect is found with the users of before", () => {
  // 2,000 users of whom 5% buy; half of them take part, in two arms of equal size.
  const before = sumsOf(Array.from({ length: 2000 }, (_, i) => ({ converted: i % 20 ? 0 : 1 })));
  const { users, metrics } = planExperiment(before, { share: 0.5, arm: 0.5, arms: 2 });
  assertEquals([users, metrics.conversion?.value], [1000, 0.05]);
  const variance = 0.05 * 0.95 * 2000 / 1999;
  assertAlmostEquals(
    metrics.conversion!.detectable,
    detectableEffect({ units: 1000, variance }),
    1e-12,
  );
  assertEquals(
    planExperiment(sumsOf([]), { share: 1, arm: 0.5, arms: 2 }).metrics.conversion,
    undefined,
  );
});
