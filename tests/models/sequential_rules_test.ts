import { SECONDS_PER_DAY as DAY } from "../../src/base/time.ts";
import { EMPTY_HISTORY, type History } from "../../src/interactions/history.ts";
import { InputError } from "../../src/base/input_error.ts";
import type { Interactions } from "../../src/interactions/interactions.ts";
import { sequentialRules, type SequentialRulesOptions } from "../../src/models/sequential_rules.ts";
import { assertEquals, assertThrows } from "../assert.ts";
import { interactionsOf, viewed } from "../interactions/made_by_hand.ts";
import { scoresOf } from "./scores_of.ts";

/** User 0 goes 0, 1, 2 and, a day later, 3; user 1 goes 0, 2. */
const walks = interactionsOf([
  [0, 0, 1, 0],
  [0, 1, 1, 60],
  [0, 2, 1, 120],
  [1, 0, 1, 200],
  [1, 2, 1, 260],
  [0, 3, 1, DAY],
]);

async function fittedScores(
  history: History,
  options: Partial<SequentialRulesOptions> = {},
  data: Interactions = walks,
): Promise<Float32Array> {
  const model = await sequentialRules.fit(data, { sessionDecay: 1, shrinkage: 0, ...options });
  return scoresOf(model, history);
}

Deno.test("a rule weighs one divided by the distance, all rules of an item sum to 1", async () => {
  // 0 → 1 once at distance 1; 0 → 2 once at distance 2 and once at 1: 1 and 3/2 of 5/2.
  assertEquals(await fittedScores(viewed([0])), Float32Array.of(0, 2 / 5, 3 / 5, 0));
});

Deno.test("rules lead forwards only, and don't cross sessions", async () => {
  assertEquals(await fittedScores(viewed([2])), Float32Array.of(0, 0, 0, 0));
});

Deno.test("the shop's own sessions take precedence", async () => {
  const data = { ...walks, sessions: Uint32Array.of(0, 0, 1, 1, 2, 2) };
  // user 0's sessions are now 0, 1 and 2, 3
  assertEquals(await fittedScores(viewed([2]), {}, data), Float32Array.of(0, 0, 0, 1));
  assertEquals(await fittedScores(viewed([1]), {}, data), Float32Array.of(0, 0, 0, 0));
});

Deno.test("items more than `steps` events away don't follow", async () => {
  assertEquals(await fittedScores(viewed([0]), { steps: 1 }), Float32Array.of(0, 1 / 2, 1 / 2, 0));
});

Deno.test("an item can follow itself", async () => {
  const data = interactionsOf([[0, 0, 1, 0], [0, 0, 1, 1], [0, 1, 1, 2]]);
  // 0 → 0 at 1; 0 → 1 at 2 and at 1
  assertEquals(await fittedScores(viewed([0]), {}, data), Float32Array.of(2 / 5, 3 / 5));
});

Deno.test("each earlier item counts less", async () => {
  // from 1: all to 2; from 0, half of 2/5 and 3/5
  assertEquals(
    await fittedScores(viewed([0, 1]), { decay: 0.5 }),
    Float32Array.of(0, 1 / 5, 13 / 10, 0),
  );
  assertEquals(await fittedScores(viewed([0, 1]), { decay: 0 }), Float32Array.of(0, 0, 1, 0));
});

Deno.test("an earlier session counts less in addition", async () => {
  assertEquals(
    await fittedScores(viewed([0, 1], [0, DAY]), { decay: 0.5, sessionDecay: 0.5 }),
    Float32Array.of(0, 1 / 10, 23 / 20, 0),
  );
  assertEquals(
    await fittedScores(viewed([0, 1], [0, DAY]), { decay: 0.5, sessionDecay: 0 }),
    Float32Array.of(0, 0, 1, 0),
  );
});

Deno.test("a pair weighs by the damped weights of both events", async () => {
  const data = interactionsOf([[0, 0, 1, 0], [0, 1, 3, 1], [1, 0, 1, 2], [1, 2, 1, 3]]);
  // √(log₂2 · log₂4) = √2 to 1, and 1 to 2
  const sum = Math.SQRT2 + 1;
  assertEquals(
    await fittedScores(viewed([0]), {}, data),
    Float32Array.of(0, Math.SQRT2 / sum, 1 / sum),
  );
});

Deno.test("only the strongest rules of an item are kept, unchanged", async () => {
  assertEquals(await fittedScores(viewed([0]), { neighbors: 1 }), Float32Array.of(0, 0, 3 / 5, 0));
});

Deno.test("shrinkage adds to the total of an item's rules: rare items say less", async () => {
  // 0 has rules of 1 and 3/2, 1 has one of 1: of 5/2 + 1/2 and 1 + 1/2.
  assertEquals(
    await fittedScores(viewed([0]), { shrinkage: 1 / 2 }),
    Float32Array.of(0, 1 / 3, 1 / 2, 0),
  );
  assertEquals(
    await fittedScores(viewed([1]), { shrinkage: 1 / 2 }),
    Float32Array.of(0, 0, 2 / 3, 0),
  );
});

Deno.test("an empty history and events without weight score 0 everywhere", async () => {
  assertEquals(await fittedScores(EMPTY_HISTORY), new Float32Array(4));
  const weightless = interactionsOf([[0, 0, 0, 0], [0, 1, 0, 1]]);
  assertEquals(await fittedScores(viewed([0]), {}, weightless), new Float32Array(2));
});

Deno.test("options out of range are refused by name", () => {
  const wrong: Partial<SequentialRulesOptions>[] = [
    { steps: 0 },
    { neighbors: 0.5 },
    { shrinkage: -1 },
    { decay: 1.1 },
    { sessionDecay: -0.1 },
  ];
  for (const options of wrong) {
    assertThrows(
      () => sequentialRules.fit(walks, options),
      InputError,
      `Cannot fit sequential_rules: option "${Object.keys(options)[0]}" must be`,
    );
  }
});
