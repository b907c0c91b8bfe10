import {
  type ClickCounts,
  epsilonGreedy,
  type ExplorationPolicy,
  exploreSlots,
  thompsonSampling,
} from "../../../src/experiments/exploration/explore.ts";
import { drawBeta } from "../../../src/experiments/exploration/draw_beta.ts";
import { evaluateOffPolicy } from "../../../src/experiments/off_policy.ts";
import { createRandom } from "../../../src/linalg/random.ts";
import {
  CLICK_RATES as RATES,
  simulateExploration,
  SLOTS,
} from "../../../scripts/bench/lib/pages/exploration.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";

const random = createRandom(11);
const draw = () => random.next();

Deno.test("beta variables have the mean and the variance of their shapes", () => {
  for (const [a, b] of [[0.5, 0.5], [1, 19], [30, 70]] as const) {
    const values = Array.from({ length: 20_000 }, () => drawBeta([a, b], draw));
    const mean = values.reduce((sum, value) => sum + value) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const expected = a * b / ((a + b) ** 2 * (a + b + 1));
    assertAlmostEquals(mean, a / (a + b), 4 * Math.sqrt(expected / values.length));
    assertAlmostEquals(variance / expected, 1, 0.05);
  }
});

Deno.test("slots are filled as often as their propensities say, each candidate once", () => {
  const policy: ExplorationPolicy = (remaining) => {
    const weights = remaining.map((candidate) => candidate + 1);
    const total = weights.reduce((sum, weight) => sum + weight);
    return weights.map((weight) => weight / total);
  };
  const counts = new Map<string, number>();
  const likely = new Map<string, number>();
  const rounds = 30_000;
  for (let i = 0; i < rounds; i++) {
    const slots = exploreSlots(policy, { candidates: 3, slots: 2, draw });
    const key = slots.map(({ candidate }) => candidate).join();
    counts.set(key, (counts.get(key) ?? 0) + 1);
    likely.set(key, slots[0].propensity * slots[1].propensity);
  }
  assertEquals(counts.size, 6);
  for (const [key, count] of counts) assertAlmostEquals(count / rounds, likely.get(key)!, 0.01);
  // Weights 1, 2 and 3: 3 of 6, then 1 of 3.
  assertAlmostEquals(likely.get("2,0")!, 1 / 6, 1e-12);
});

Deno.test("a greedy choice takes the next best in every slot, unless it explores", () => {
  const greedy = exploreSlots(epsilonGreedy({ epsilon: 0 }), { candidates: 4, slots: 3, draw });
  assertEquals(greedy.map(({ candidate }) => candidate), [0, 1, 2]);
  assertEquals(greedy.map(({ propensity }) => propensity), [1, 1, 1]);
  const policy = epsilonGreedy({ epsilon: 0.2 });
  assertEquals(policy([1, 3, 2, 0]), [0.05, 0.05, 0.05, 0.8 + 0.05]);
  assertEquals(policy([2]), [1]);
});

Deno.test("there are no more slots than candidates", () => {
  const policy = epsilonGreedy({ epsilon: 0.5 });
  assertEquals(exploreSlots(policy, { candidates: 1, slots: 3, draw }).length, 1);
  assertEquals(exploreSlots(policy, { candidates: 0, slots: 3, draw }), []);
});

Deno.test("Thompson sampling prefers what was clicked more, and leaves nothing out", () => {
  const counts = [{ shown: 1000, clicked: 20 }, { shown: 1000, clicked: 80 }, {
    shown: 0,
    clicked: 0,
  }];
  const policy = thompsonSampling(counts, { epsilon: 0.1, draw });
  const [low, high, unknown] = policy([0, 1, 2]);
  assertAlmostEquals(low + high + unknown, 1, 1e-12);
  assertAlmostEquals(low, 0.1 / 3, 1e-12);
  assert(high > 0.4 && unknown > 0.1, `${high} ${unknown}`);
  // Given that the best is gone, the unknown one may be better.
  assert(policy([0, 2])[1] > policy([0, 2])[0]);
});

Deno.test("without any counts, Thompson sampling treats all alike", () => {
  const none = Array.from({ length: 5 }, () => ({ shown: 0, clicked: 0 }));
  for (const share of thompsonSampling(none, { epsilon: 0, draw })([0, 1, 2, 3, 4])) {
    assertAlmostEquals(share, 0.2, 0.1);
  }
});

const simulate = (
  policyOf: (counts: readonly ClickCounts[]) => ExplorationPolicy,
  options: { lists: number; rates?: readonly number[] },
) => simulateExploration(policyOf, { ...options, draw });

Deno.test("Thompson sampling loses ever less against the best fixed list", () => {
  const lists = 20_000;
  const { regret } = simulate((counts) => thompsonSampling(counts, { epsilon: 0.05, draw }), {
    lists,
  });
  const greedy = simulate(() => epsilonGreedy({ epsilon: 0.1 }), { lists }).regret;
  const [first, last] = [regret[0], regret[9]];
  // The model's own first two have 0.11; a tenth at random brings some of the others.
  assertAlmostEquals(greedy[9], 0.11, 0.01);
  assert(first > 0.03 && last < 0.015, `from ${first} to ${last} clicks per list`);
  const total = (each: readonly number[]) => each.reduce((sum, lost) => sum + lost) / 10;
  assert(total(regret) < total(greedy) / 4, `${total(regret)} and ${total(greedy)}`);
});

Deno.test("the logged propensities say what another choice would have brought", () => {
  const { log } = simulate((counts) => thompsonSampling(counts, { epsilon: 0.1, draw }), {
    lists: 5000,
  });
  // The first slot of each list, by a policy that takes any product with the same chance.
  const first = log.filter((_, i) => i % SLOTS === 0);
  const { value } = evaluateOffPolicy(
    first.map(({ propensity, reward }) => ({ propensity, reward, target: 1 / RATES.length })),
  );
  const truth = RATES.reduce((sum, rate) => sum + rate) / RATES.length;
  const { low, high } = value!.ips;
  assert(low < truth && truth < high, `${truth} is outside ${low} to ${high}`);
});
