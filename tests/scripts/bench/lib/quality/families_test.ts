import {
  holdOutFamilies,
  measureFamily,
} from "../../../../../scripts/bench/lib/quality/families.ts";
import { popularity } from "../../../../../src/models/popularity.ts";
import type { Algorithm } from "../../../../../src/models/model.ts";
import { interactionsOf } from "../../../../interactions/made_by_hand.ts";
import { modelOf } from "../../../../evaluation/fixed_model.ts";
import { assertAlmostEquals, assertEquals } from "../../../../assert.ts";

/**
 * The last three of fifteen events are held out: user 0 visits 3, then 0 again; user 2 is new and
 * visits 1.
 */
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
const data = holdOutFamilies(shop, { questions: 10, seed: 1 });

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

Deno.test("held-out steps to new products are predicted from everything before them", () => {
  assertEquals(
    data.steps.map(({ history, next }) => [[...history.items], next]),
    [[[0, 1], 3]],
  );
});

Deno.test("taste, sequence and repeats are measured separately", async () => {
  const rows = await measureFamily({ algorithm: upwards, options: {} }, data);
  assertEquals(rows.map(({ name, metric }) => `${name} ${metric}`), [
    "upwards taste ndcg@10",
    "upwards sequence ndcg@10",
    "upwards repeat ndcg@10",
  ]);
  // Among user 0's new products 3 ranks first; among all four products 0 ranks last.
  [1, 1, 1 / Math.log2(5)].forEach((ndcg, i) => assertAlmostEquals(rows[i].value, ndcg, 1e-6));
});

Deno.test("recency is measured for popularity only, with its options in the name", async () => {
  const options = { halfLifeDays: Infinity };
  const rows = await measureFamily({ algorithm: popularity, options }, data);
  const recency = rows.find(({ metric }) => metric === "recency ndcg@10");
  assertEquals(recency?.name, "popularity, halfLifeDays Infinity");
  // Two users have product 0, one each 1 and 2, so product 1 ranks second.
  assertAlmostEquals(recency?.value ?? NaN, 1 / Math.log2(3), 1e-6);
});
