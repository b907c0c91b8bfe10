import { EMPTY_HISTORY } from "../../src/interactions/history.ts";
import { InputError } from "../../src/base/input_error.ts";
import { rank } from "../../src/models/rank.ts";
import { sasrec, type SasrecOptions } from "../../src/models/sasrec.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { type HandEvent, interactionsOf, viewed } from "../interactions/made_by_hand.ts";
import { scoresOf } from "./scores_of.ts";

const SMALL: Partial<SasrecOptions> = {
  ...{ factors: 16, minHistories: 1, maxLength: 8, batchSize: 64 },
  ...{ learningRate: 0.01, epochs: 30, patience: 30 },
};

/** Twenty users who go round 0 → 1 → 2 → 0 or 3 → 4 → 5 → 3, six events each. */
const rings = interactionsOf(
  Array.from(
    { length: 20 },
    (_, user) =>
      Array.from({ length: 6 }, (_, i): HandEvent => [user, 3 * (user % 2) + (user + i) % 3, 1, i]),
  )
    .flat(),
);

Deno.test("what always follows comes first", async () => {
  const model = await sasrec.fit(rings, SMALL);
  for (const [history, next] of [[[0, 1], 2], [[1, 2], 0], [[3, 4, 5], 3], [[4], 5]] as const) {
    assertEquals([...rank(model, viewed([...history]), { k: 1, exclude: "none" }).indices], [next]);
  }
});

Deno.test("order counts: the same items in another order go on otherwise", async () => {
  const model = await sasrec.fit(rings, SMALL);
  const first = (items: number[]) =>
    rank(model, viewed(items), { k: 1, exclude: "none" }).indices[0];
  assertEquals([first([0, 1, 2]), first([1, 2, 0]), first([2, 0, 1])], [0, 1, 2]);
});

Deno.test("only the latest events count", async () => {
  const model = await sasrec.fit(rings, SMALL);
  const latest = [3, 4, 5, 3, 4, 5, 3, 4];
  assertEquals(scoresOf(model, viewed([0, 1, ...latest])), scoresOf(model, viewed(latest)));
});

Deno.test("an immediate repeat says nothing new", async () => {
  const model = await sasrec.fit(rings, SMALL);
  assertEquals(scoresOf(model, viewed([0, 0, 1, 1])), scoresOf(model, viewed([0, 1])));
});

Deno.test("no score is below 0, and without known items all are 0", async () => {
  const model = await sasrec.fit(rings, SMALL);
  assert(scoresOf(model, viewed([2, 0])).every((score) => score >= 0));
  for (const history of [EMPTY_HISTORY, viewed([6])]) {
    assertEquals(scoresOf(model, history), new Float32Array(6));
  }
});

Deno.test("negatives are enough to learn what follows", async () => {
  const model = await sasrec.fit(rings, { ...SMALL, negatives: 3 });
  assertEquals([...rank(model, viewed([3, 4]), { k: 1, exclude: "none" }).indices], [5]);
});

Deno.test("too few long histories are refused, with what to use instead", async () => {
  await assertRejects(
    () => Promise.try(() => sasrec.fit(rings, { ...SMALL, minHistories: 21 })),
    InputError,
    "Cannot fit sasrec: at least 21 users must have 5 products in a row, got 20; " +
      "use sequential_rules or session_knn",
  );
});

Deno.test("an epoch that takes too long is refused, with what to change", async () => {
  // 200 users with 500 events each.
  const long = interactionsOf(
    Array.from({ length: 100_000 }, (_, i): HandEvent => [Math.floor(i / 500), i % 6, 1, i]),
  );
  const large = { factors: 256, blocks: 8, maxLength: 500, minHistories: 1 };
  // 3 · 99,800 · (8 · (8 · 256² + 500 · 256) + 6 · 256)
  await assertRejects(
    () => Promise.try(() => sasrec.fit(long, large)),
    InputError,
    "Cannot fit sasrec: an epoch must take at most 1000000000000 multiplications, 99800 events " +
      'take 1562820096000; set option "negatives", "factors" or "maxLength" lower',
  );
});

Deno.test("options out of range are refused by name", async () => {
  const wrong: Partial<SasrecOptions>[] = [
    { factors: 12 },
    { factors: 300 },
    { blocks: 0 },
    { heads: 1.5 },
    { maxLength: 1 },
    { negatives: 0 },
    { dropout: 1 },
    { learningRate: 0 },
    { epochs: 0 },
    { patience: 0 },
    { batchSize: -1 },
    { minHistories: 0 },
  ];
  for (const options of wrong) {
    await assertRejects(
      () => Promise.try(() => sasrec.fit(rings, options)),
      InputError,
      `Cannot fit sasrec: option "${Object.keys(options)[0]}" must be`,
    );
  }
});
