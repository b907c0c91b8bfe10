import { SECONDS_PER_DAY as DAY } from "../../src/base/time.ts";
import { evaluate } from "../../src/evaluation/evaluate.ts";
import { overlapRows } from "../../src/evaluation/overlaps.ts";
import { prepareHoldout } from "../../src/evaluation/prepared_holdout.ts";
import { breakdownByDay, breakdownByPopularity } from "../../src/evaluation/target_breakdown.ts";
import { assertEquals } from "../assert.ts";
import { type HandEvent, interactionsOf } from "../interactions/made_by_hand.ts";
import { fixedModel } from "./fixed_model.ts";

const CUT = 1000;
const size = { users: 10, items: 11 };

/** Item i is known to the users 0 to 9 − i: item 0 to all ten, item 9 to one, item 10 to none. */
const history = interactionsOf(
  Array.from(
    { length: 10 },
    (_, item) => Array.from({ length: 10 - item }, (_, user): HandEvent => [user, item, 1, CUT]),
  ).flat(),
  size,
);

// User 9 knows item 0, user 8 items 0 and 1. Item 1 comes twice, first within a day.
const truth = interactionsOf([
  [9, 1, 1, CUT + DAY - 1],
  [9, 10, 1, CUT + DAY],
  [8, 10, 1, CUT + DAY + 5],
  [9, 1, 1, CUT + 3 * DAY],
  [8, 2, 1, CUT + 3 * DAY],
], size);

const holdout = prepareHoldout({ history, truth });

// With one place, user 9 is shown item 1 by the first model, user 8, who knows that, item 10; all
// are shown item 10 by the second.
const evaluations = [
  evaluate("first", fixedModel([0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 5]), holdout, { k: 1 }),
  evaluate("second", fixedModel([0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 5]), holdout, { k: 1 }),
];

Deno.test("a target belongs to the tenth of the products that its popularity puts it in", () => {
  assertEquals(breakdownByPopularity(evaluations, holdout), [
    { model: "first", group: "2", users: 1, mean: 1, low: 1, high: 1 },
    { model: "second", group: "2", users: 1, mean: 0, low: 0, high: 0 },
    { model: "first", group: "3", users: 1, mean: 0, low: 0, high: 0 },
    { model: "second", group: "3", users: 1, mean: 0, low: 0, high: 0 },
    { model: "first", group: "unseen", users: 2, mean: 0.5, low: 0, high: 1 },
    { model: "second", group: "unseen", users: 2, mean: 1, low: 1, high: 1 },
  ]);
});

Deno.test("a target belongs to the day on which the user first came to it", () => {
  const figures = breakdownByDay(evaluations, holdout).filter(({ model }) => model === "first");
  assertEquals(figures.map(({ group, users, mean }) => [group, users, mean]), [
    ["1", 1, 1],
    ["2", 2, 0.5],
    ["4", 1, 0],
  ]);
});

Deno.test("lists of two models overlap in what both show", () => {
  assertEquals(overlapRows(evaluations), [{ model: "first", other: "second", overlap: 0.5 }]);
});

Deno.test("without anything to predict there is no breakdown", () => {
  const none = prepareHoldout({ history, truth: interactionsOf([], size) });
  const empty = [evaluate("x", fixedModel(Array(11).fill(0)), none)];
  assertEquals(breakdownByPopularity(empty, none), []);
  assertEquals(breakdownByDay(empty, none), []);
  assertEquals(overlapRows([...empty, ...empty]), []);
  assertEquals(breakdownByDay([], holdout), []);
});
