import {
  holdOutExamination,
  measureFamily,
} from "../../../../../scripts/bench/lib/quality/families.ts";
import { popularity } from "../../../../../src/models/popularity.ts";
import type { Algorithm } from "../../../../../src/models/model.ts";
import { interactionsOf } from "../../../../interactions/made_by_hand.ts";
import { modelOf } from "../../../../evaluation/fixed_model.ts";
import { assertAlmostEquals, assertEquals } from "../../../../assert.ts";

/** Of fifteen events the last three are held out: user 0 goes on to 3, then back to 0; user 2 is new, and takes 1. */
const shop = interactionsOf([
  [0, 0, 1, 0],
  [0, 1, 1, 1],
  [1, 0, 1, 2],
  [1, 2, 1, 3],
  ...[4, 5, 6, 7, 8, 9, 10, 11].map((time) => [1, 2, 1, time] as const),
  [0, 3, 1, 12],
  [0, 0, 1, 13],
  [2, 1, 1, 14],
]);
const examination = holdOutExamination(shop, { questions: 10, seed: 1 });

/** Scores items 3, 2, 1 and 0 in that order. */
const upwards: Algorithm = {
  name: "upwards",
  description: "",
  options: {},
  defaults: {},
  searchSpace: {},
  fit: () => modelOf(4, () => [1, 2, 3, 4]),
  fromTensors: () => modelOf(4, () => [1, 2, 3, 4]),
};

Deno.test("of the steps held out those to new products are asked for, with all that went before", () => {
  assertEquals(
    examination.steps.map(({ history, next }) => [[...history.items], next]),
    [[[0, 1], 3]],
  );
});

Deno.test("taste, sequence and repeats are measured apart", async () => {
  const rows = await measureFamily({ algorithm: upwards, options: {} }, examination);
  assertEquals(rows.map(({ name, metric }) => `${name} ${metric}`), [
    "upwards taste ndcg@10",
    "upwards sequence ndcg@10",
    "upwards repeat ndcg@10",
  ]);
  // 3 is shown first of what is new to user 0, and 0 last of all four.
  [1, 1, 1 / Math.log2(5)].forEach((ndcg, i) => assertAlmostEquals(rows[i].value, ndcg, 1e-6));
});

Deno.test("what newcomers are shown is measured of popularity alone, its options named", async () => {
  const options = { halfLifeDays: Infinity };
  const rows = await measureFamily({ algorithm: popularity, options }, examination);
  const recency = rows.find(({ metric }) => metric === "recency ndcg@10");
  assertEquals(recency?.name, "popularity, halfLifeDays Infinity");
  // Counts 2, 1, 9: product 1 is third.
  assertAlmostEquals(recency?.value ?? NaN, 1 / Math.log2(4), 1e-6);
});
