import {
  breakdown,
  breakdownByHistory,
  HISTORY_GROUPS,
  historyLengthGroup,
} from "../../src/evaluation/breakdown.ts";
import { evaluate, evaluateNewcomers } from "../../src/evaluation/evaluate.ts";
import { prepareHoldout } from "../../src/evaluation/prepared_holdout.ts";
import { perListMetric } from "../../src/evaluation/list_metrics.ts";
import { assertEquals } from "../assert.ts";
import { type HandEvent, interactionsOf } from "../interactions/made_by_hand.ts";
import { fixedModel } from "./fixed_model.ts";

/** User u has lengths[u] events. */
const lengths = [0, 1, 2, 4, 5, 19, 20, 30];
const history = interactionsOf(
  lengths.flatMap((length, user) => Array.from({ length }, (_, i): HandEvent => [user, i, 1, i])),
  { users: lengths.length },
);

Deno.test("users fall into groups by how many events they have", () => {
  assertEquals(HISTORY_GROUPS, ["0", "1", "2–4", "5–19", "20+"]);
  assertEquals(
    lengths.map((_, user) => historyLengthGroup(history, user)),
    ["0", "1", "2–4", "2–4", "5–19", "5–19", "20+", "20+"],
  );
});

Deno.test("a metric is averaged within each group, empty groups are omitted", () => {
  const values = Float32Array.of(1, 0, 1, 1);
  const perUser = {
    users: Uint32Array.of(1, 2, 3, 7),
    ...perListMetric(() => values),
  };
  const figures = breakdown(
    perUser,
    "ndcg",
    HISTORY_GROUPS,
    (user) => historyLengthGroup(history, user),
  );
  assertEquals(figures, [
    { group: "1", users: 1, mean: 1, low: 1, high: 1 },
    { group: "2–4", users: 2, mean: 0.5, low: 0, high: 1 },
    { group: "20+", users: 1, mean: 1, low: 1, high: 1 },
  ]);
});

Deno.test("by history, users without one come first, with the same figure for every model", () => {
  const size = { users: lengths.length, items: 31 };
  const time = 1000;
  // Users 0 and 1 go on to item 30.
  const truth = interactionsOf([[0, 30, 1, time], [1, 30, 1, time]], size);
  const past = { ...history, itemIds: truth.itemIds };
  const holdout = prepareHoldout({ history: past, truth });
  const only = (item: number) =>
    fixedModel(Array.from({ length: 31 }, (_, i) => i === item ? 1 : 0));
  const evaluations = [
    evaluate("right", only(30), holdout, { k: 1 }),
    evaluate("wrong", only(29), holdout, { k: 1 }),
  ];
  const newcomers = evaluateNewcomers(only(30), holdout, { k: 1 });
  assertEquals(
    breakdownByHistory(evaluations, past, { newcomers })
      .map(({ model, group, users, mean }) => [model, group, users, mean]),
    [["right", "0", 1, 1], ["wrong", "0", 1, 1], ["right", "1", 1, 1], ["wrong", "1", 1, 0]],
  );
  assertEquals(
    breakdownByHistory(evaluations, past).map(({ model, group }) => [model, group]),
    [["right", "1"], ["wrong", "1"]],
  );
  assertEquals(breakdownByHistory([], past), []);
});
