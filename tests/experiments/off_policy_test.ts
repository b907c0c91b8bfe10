import { InputError } from "../../src/base/input_error.ts";
import {
  evaluateOffPolicy,
  type LoggedReward,
  type OffPolicyValue,
} from "../../src/experiments/off_policy.ts";
import { placePropensities } from "../../src/experiments/plackett_luce.ts";
import { createRandom, type Random } from "../../src/linalg/random.ts";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../assert.ts";

Deno.test("estimates as worked out by hand", () => {
  // Weights 2, 0.5 and 0.5 in thirds of 300 rewards.
  const log = Array.from({ length: 300 }, (_, i): LoggedReward => ({
    propensity: [0.25, 0.5, 0.5][i % 3],
    target: [0.5, 0.25, 0.25][i % 3],
    reward: [3, 1, 0][i % 3],
    guess: 2,
    targetGuess: 2.5,
  }));
  const { value, effectiveSize, support, rounds } = evaluateOffPolicy(log, { least: 10 });
  // Σ w = 3, Σ w² = 4.5 and Σ w·r = 6.5 by three; Σ w·(r − 2) = 2 − 0.5 − 1.
  assertEquals([rounds, effectiveSize, support.estimate], [300, 300 ** 2 / 450, 1]);
  assertAlmostEquals(value!.ips.estimate, 6.5 / 3, 1e-12);
  assertAlmostEquals(value!.snips.estimate, 6.5 / 3, 1e-12);
  assertAlmostEquals(value!.doublyRobust!.estimate, 2.5 + 0.5 / 3, 1e-12);
  // The variance of w·r, which is 6, 0.5 and 0, is 133/18 · 300/299.
  const half = 1.959963985 * Math.sqrt(133 / 18 / 299);
  assertAlmostEquals(value!.ips.high, 6.5 / 3 + half, 1e-6);
  assertAlmostEquals(value!.ips.low, 6.5 / 3 - half, 1e-6);
});

/** Five products with a click rate each, to users of two kinds, shown by exploring scores. */
const RATES = [[0.02, 0.05, 0.1, 0.2, 0.4], [0.3, 0.1, 0.2, 0.05, 0.02]];
const LOGGED = [[1, 1, 2, 0, 0], [0, 1, 0, 1, 1]];
const TARGET = [[0, 0, 1, 2, 3], [3, 1, 2, 0, 0]];

function probabilities(scores: readonly number[], temperature: number): number[] {
  return scores.map((_, item) => placePropensities({ scores, temperature }, [item])[0]);
}

const shown = LOGGED.map((scores) => probabilities(scores, 1));
const wanted = TARGET.map((scores) => probabilities(scores, 0.7));
const valueFor = (kind: number) =>
  wanted[kind].reduce((sum, share, item) => sum + share * RATES[kind][item], 0);
const TRUTH = (valueFor(0) + valueFor(1)) / 2;

/** Users of one kind each, who see one to five products. */
function logOf(users: number, random: Random): LoggedReward[] {
  return Array.from({ length: users }, (_, user) => user).flatMap((user) => {
    const kind = random.integer(2);
    return Array.from({ length: 1 + random.integer(5) }, (): LoggedReward => {
      let item = 0, rest = random.next() - shown[kind][0];
      while (rest >= 0 && item < 4) rest -= shown[kind][++item];
      return {
        unit: String(user),
        reward: random.next() < RATES[kind][item] ? 1 : 0,
        propensity: shown[kind][item],
        target: wanted[kind][item],
        // A model that is wrong by a tenth.
        guess: 0.9 * RATES[kind][item],
        targetGuess: 0.9 * valueFor(kind),
      };
    });
  });
}

Deno.test("intervals hold the truth in 90% of 200 logs; the doubly robust are narrowest", () => {
  const held: Record<keyof OffPolicyValue, number> = { ips: 0, snips: 0, doublyRobust: 0 };
  const widths: Record<keyof OffPolicyValue, number> = { ips: 0, snips: 0, doublyRobust: 0 };
  for (let run = 0; run < 200; run++) {
    const { value } = evaluateOffPolicy(logOf(500, createRandom(run)));
    for (const name of ["ips", "snips", "doublyRobust"] as const) {
      const { low, high } = value![name]!;
      if (low <= TRUTH && TRUTH <= high) held[name]++;
      widths[name] += high - low;
    }
  }
  for (const [name, count] of Object.entries(held)) assert(count >= 180, `${name}: ${count}`);
  assert(widths.doublyRobust < widths.snips && widths.snips < widths.ips, JSON.stringify(widths));
});

Deno.test("a policy that shows what was never logged is refused", () => {
  // Only the first two products were shown.
  const random = createRandom(1);
  const log = Array.from({ length: 2000 }, (): LoggedReward => {
    const item = random.integer(2);
    return { reward: 0, propensity: 0.5, target: [0.2, 0.1][item] };
  });
  const { value, refusal } = evaluateOffPolicy(log);
  assertEquals(value, undefined);
  assert(refusal!.startsWith("the log could have shown only 3"), refusal);
});

Deno.test("a policy too far from the logged one is refused", () => {
  const log = Array.from({ length: 10_000 }, (_, i): LoggedReward => ({
    reward: 1,
    propensity: i % 1000 === 0 ? 0.001 : 0.999,
    target: i % 1000 === 0 ? 0.999 : 0.001,
  }));
  const { value, refusal, effectiveSize } = evaluateOffPolicy(log);
  assertEquals(value, undefined);
  assertAlmostEquals(effectiveSize, 10, 0.1);
  assert(refusal!.startsWith("10000 logged rewards count as much as 10.0 of the policy"), refusal);
});

Deno.test("an empty log and a log of one unit are refused", () => {
  assert(evaluateOffPolicy([]).refusal!.startsWith("0 logged rewards"));
  const log = Array.from({ length: 500 }, (): LoggedReward => ({
    ...{ unit: "ann", reward: 1, propensity: 1, target: 1 },
  }));
  assert(evaluateOffPolicy(log).refusal !== undefined);
});

Deno.test("numbers that can't be are refused by their place in the log", () => {
  const good = { reward: 1, propensity: 0.5, target: 0.5 };
  const bad: Partial<LoggedReward>[] = [
    { propensity: 0 },
    { propensity: -1 },
    { target: -0.1 },
    { reward: NaN },
  ];
  for (const wrong of bad) {
    assertThrows(() => evaluateOffPolicy([good, { ...good, ...wrong }]), InputError, "reward 2");
  }
});
