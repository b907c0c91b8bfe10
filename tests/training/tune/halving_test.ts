import { halve, planRungs } from "../../../src/training/tune/halving.ts";
import { createRandom } from "../../../src/linalg/random.ts";
import { assert, assertEquals } from "../../assert.ts";

Deno.test("each round has a third of the trials on three times the users", () => {
  assertEquals(planRungs({ trials: 30, users: 10_000, minUsers: 1 }), [
    { trials: 30, users: 1112 },
    { trials: 10, users: 3334 },
    { trials: 4, users: 10_000 },
  ]);
  assertEquals(planRungs({ trials: 9, users: 10_000, minUsers: 1 }), [
    { trials: 9, users: 3334 },
    { trials: 3, users: 10_000 },
  ]);
});

Deno.test("few trials, or few users, make a single round", () => {
  assertEquals(planRungs({ trials: 8, users: 10_000, minUsers: 1 }), [{
    trials: 8,
    users: 10_000,
  }]);
  assertEquals(planRungs({ trials: 81, users: 1000, minUsers: 400 }), [{
    trials: 81,
    users: 1000,
  }]);
  assertEquals(planRungs({ trials: 81, users: 1000, minUsers: 333 }), [
    { trials: 81, users: 334 },
    { trials: 27, users: 1000 },
  ]);
});

const rungs = planRungs({ trials: 27, users: 900, minUsers: 1 });

/** Trials whose true loss is their option, measured with an error that is 0 for all users. */
function noisy(seed: number) {
  const random = createRandom(seed);
  const measured: number[][] = rungs.map(() => []);
  const measure = (option: number, rung: number) => {
    measured[rung].push(option);
    const error = random.normal() * (1 - rungs[rung].users / 900);
    return Promise.resolve(option + error);
  };
  return { measured, measure, loss: (outcome: number) => outcome };
}

Deno.test("the best of 27 stays to the end although small samples are noisy", async () => {
  const options = Array.from({ length: 27 }, (_, i) => (i * 10) % 27);
  for (let seed = 1; seed <= 20; seed++) {
    const search = noisy(seed);
    const [best] = await halve(options, rungs, search);
    assertEquals([best.options, best.number, best.rung], [0, 0, 2]);
    assertEquals(search.measured.map((round) => round.length), [27, 9, 3]);
  }
});

Deno.test("the result doesn't depend on which trial ends first", async () => {
  const options = Array.from({ length: 9 }, (_, i) => i);
  const two = planRungs({ trials: 9, users: 90, minUsers: 1 });
  const run = (delays: number[]) =>
    halve(options, two, {
      measure: async (option) => {
        for (let i = 0; i < delays[option]; i++) await Promise.resolve();
        return (option * 4) % 9;
      },
      loss: (outcome) => outcome,
    });
  const inOrder = await run(options);
  assertEquals(await run(options.toReversed()), inOrder);
  assertEquals(inOrder.map(({ options }) => options), [0, 7, 5, 3, 1, 8, 6, 4, 2]);
  assertEquals(inOrder.map(({ rung }) => rung), [1, 1, 1, 0, 0, 0, 0, 0, 0]);
});

Deno.test("ties go to the first trial given", async () => {
  const ranked = await halve(["a", "b", "c"], planRungs({ trials: 3, users: 9, minUsers: 1 }), {
    measure: () => Promise.resolve(1),
    loss: (outcome) => outcome,
  });
  assertEquals(ranked.map(({ options }) => options), ["a", "b", "c"]);
});

Deno.test("failed trials go no further and come last in their round", async () => {
  const options = Array.from({ length: 9 }, (_, i) => i);
  const ranked = await halve(options, planRungs({ trials: 9, users: 90, minUsers: 1 }), {
    measure: (option, rung) =>
      Promise.resolve(option < 7 || rung > 0 && option === 8 ? NaN : option),
    loss: (outcome) => outcome,
  });
  assertEquals(ranked.map(({ options }) => options), [7, 8, 0, 1, 2, 3, 4, 5, 6]);
  assertEquals(ranked.map(({ rung }) => rung), [1, 1, 0, 0, 0, 0, 0, 0, 0]);
});

Deno.test("if all fail, none goes on", async () => {
  let measured = 0;
  const ranked = await halve([1, 2, 3, 4, 5, 6, 7, 8, 9], rungs, {
    measure: () => Promise.resolve(++measured && NaN),
    loss: (outcome) => outcome,
  });
  assertEquals([measured, ranked.length], [9, 9]);
  assert(ranked.every(({ rung }) => rung === 0));
});

/** Nine combinations, the last of which is best, and whom `measure` has time for. */
const nine = Array.from({ length: 9 }, (_, i) => i);
const twoRounds = planRungs({ trials: 9, users: 90, minUsers: 1 });

Deno.test("the first two of each round lead it, the kept one first of all", async () => {
  const leaders: string[] = [];
  await halve(nine, twoRounds, {
    measure(option, rung, leads) {
      if (leads) leaders.push(`${rung}: ${option}`);
      return Promise.resolve(-option);
    },
    loss: (outcome) => outcome,
    keep: 0,
  });
  assertEquals(leaders, ["0: 0", "0: 1", "1: 0", "1: 8"]);
});

Deno.test("a later round that had time for a single trial decides nothing", async () => {
  const rank = async (timeFor: number) => {
    let measured = 0;
    const [best] = await halve(nine, twoRounds, {
      measure: (option, rung) =>
        Promise.resolve(rung === 1 && ++measured > timeFor ? undefined : -option),
      loss: (outcome) => outcome,
      keep: 0,
    });
    return [best.options, best.rung];
  };
  // Otherwise the defaults, tried first, would be the best without a comparison.
  assertEquals(await rank(1), [8, 0]);
  assertEquals(await rank(2), [8, 1]);
});
