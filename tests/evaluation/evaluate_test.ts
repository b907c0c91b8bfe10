import { SECONDS_PER_DAY } from "../../src/base/time.ts";
import {
  evaluate,
  evaluateNewcomers,
  evaluatePrepared,
  evaluateTogether,
  winnerOf,
} from "../../src/evaluation/evaluate.ts";
import { LIST_METRIC_NAMES } from "../../src/evaluation/list_metrics.ts";
import { holdOut } from "../../src/evaluation/holdout.ts";
import { prepareHoldout } from "../../src/evaluation/prepared_holdout.ts";
import { toRows } from "../../src/evaluation/rows.ts";
import { sliceByTime } from "../../src/interactions/interactions.ts";
import { timeSpan } from "../../src/interactions/split.ts";
import { fittedBefore } from "../../src/models/fitted_before.ts";
import { algorithmNamed } from "../../src/models/mod.ts";
import { assert, assertAlmostEquals, assertEquals } from "../assert.ts";
import type { RatingMode } from "../../src/interactions/event_weights.ts";
import { textColumn } from "../../src/interactions/catalogue.ts";
import { interactionsOf } from "../interactions/made_by_hand.ts";
import { changingShop } from "../training/changing_shop.ts";
import { fixedModel } from "./fixed_model.ts";

// User 0 knows items 0 and 1 and comes back to 0 and on to 2; user 1 knows 3 and goes on to 1.
// User 2 never returns, user 3 is new.
const history = interactionsOf([[0, 0, 1, 1], [0, 1, 1, 2], [1, 3, 1, 3], [2, 3, 1, 4]], {
  users: 4,
  items: 5,
});
const truth = interactionsOf([[0, 0, 4, 11], [0, 2, 1, 12], [1, 1, 2, 13], [3, 4, 1, 14]], {
  users: 4,
  items: 5,
});

Deno.test("new products are ranked among new products, repeats among all", () => {
  const { tasks } = evaluate("fixed", fixedModel([5, 4, 3, 2, 1]), { history, truth }, { k: 2 });
  // new: user 0 is shown 2 3 and wants 2; user 1 is shown 0 1 and wants 1.
  assertEquals([...tasks.new.perUser.mrr], [1, 0.5]);
  assertEquals(tasks.new.recall, 1);
  assertEquals(tasks.new.coverage, 4 / 5);
  // all: both are shown 0 1; user 0 wants 0 and 2, user 1 wants 1.
  assertEquals([...tasks.all.perUser.recall], [0.5, 1]);
  assertEquals(tasks.all.precision, 0.5);
  assertEquals(tasks.all.coverage, 2 / 5);
});

Deno.test("repeats are measured on the lists of all, for users who come back", () => {
  const { tasks } = evaluate("fixed", fixedModel([5, 4, 3, 2, 1]), { history, truth }, { k: 2 });
  // User 0 is shown 0 1 and comes back to 0; user 1 comes back to nothing.
  assertEquals([...tasks.repeats.perUser.users], [0]);
  const { recall, precision, mrr, coverage } = tasks.repeats;
  assertEquals({ recall, precision, mrr, coverage }, {
    ...{ recall: 1, precision: 0.5, mrr: 1, coverage: 2 / 5 },
  });
});

Deno.test("the lists of new products are kept, user by user", () => {
  const model = fixedModel([5, 4, 3, 2, 1]);
  assertEquals(evaluate("fixed", model, { history, truth }, { k: 2 }).lists, {
    k: 2,
    items: Uint32Array.of(2, 3, 0, 1),
  });
});

Deno.test("newcomers are measured with popular products, apart from the others", () => {
  const prepared = prepareHoldout({ history, truth });
  const { users, ndcg, perUser } = evaluateNewcomers(fixedModel([5, 4, 3, 2, 9]), prepared, {
    k: 1,
  });
  assertEquals({ users, ndcg, who: [...perUser.users] }, { users: 1, ndcg: 1, who: [3] });
});

Deno.test("Gini measures how unequally products are shown", () => {
  const { tasks } = evaluate("fixed", fixedModel([5, 4, 3, 2, 1]), { history, truth }, { k: 2 });
  // new: items 0 to 3 once each, item 4 never. all: items 0 and 1 twice each, the others never.
  assertAlmostEquals(tasks.new.gini, 1 / 5, 1e-12);
  assertAlmostEquals(tasks.all.gini, 3 / 5, 1e-12);
});

Deno.test("novelty is measured against what users knew before the cut", () => {
  const { tasks } = evaluate("fixed", fixedModel([5, 4, 3, 2, 1]), { history, truth }, { k: 1 });
  // Of three users with a history one knew item 0: both lists of the task "all" have log₂ 3 bits.
  assertAlmostEquals(tasks.all.novelty, Math.log2(3), 1e-12);
});

Deno.test("next-item: each session's last product is wanted", () => {
  // Before second 10, user 0 knows items 0 and 1, user 1 item 3. Then user 1 goes from 3 to 1,
  // user 2 from 4 to 2, and user 3 comes and goes.
  const parts = {
    past: interactionsOf([[0, 0, 1, 1], [0, 1, 1, 2], [1, 3, 1, 3]], { users: 4, items: 5 }),
    window: interactionsOf([[1, 1, 1, 11], [2, 4, 1, 12], [2, 2, 1, 13], [3, 0, 1, 14]], {
      users: 4,
      items: 5,
    }),
  };
  const { tasks, population } = evaluate(
    "fixed",
    fixedModel([1, 2, 3, 4, 5]),
    holdOut(parts, "next-item"),
    { k: 3 },
  );
  assertEquals(population, { measurable: 2, measured: 2, withoutTruth: 1, withoutHistory: 1 });
  // User 1 is shown 4 2 1 and wants 1; user 2 is shown 3 2 1 and wants 2.
  assertEquals([...tasks.new.perUser.mrr], [Math.fround(1 / 3), 1 / 2]);
  assertEquals(tasks.repeats.users, 0);
});

Deno.test("users without a history or without a target are counted, not measured", () => {
  const { population, tasks } = evaluate("fixed", fixedModel([1, 2, 3, 4, 5]), { history, truth });
  assertEquals(population, { measurable: 2, measured: 2, withoutTruth: 1, withoutHistory: 1 });
  assertEquals([...tasks.all.perUser.users], [0, 1]);
});

Deno.test("a user who only returns to known products has nothing new to predict", () => {
  const returning = interactionsOf([[0, 1, 1, 11]], { users: 4, items: 5 });
  const { tasks } = evaluate("fixed", fixedModel([1, 2, 3, 4, 5]), { history, truth: returning });
  assertEquals([tasks.new.users, tasks.all.users], [0, 1]);
  assertEquals(tasks.new.ndcg, 0);
});

Deno.test("RMSE compares predicted ratings with each pair's, on the scale of the model", () => {
  const held = interactionsOf([[0, 2, 1, 11], [0, 2, 4, 12], [1, 3, 2, 13]], {
    users: 4,
    items: 5,
  });
  const measure = (rating: RatingMode) =>
    evaluate("fixed", fixedModel([1, 1, 3, 4, 1], rating), { history, truth: held }).tasks;
  const tasks = measure("max");
  // new: only user 0 with item 2, rated 4, predicted 3. all: user 1 with item 3 as well, 4 for a 2.
  assertEquals([tasks.new.rmse, tasks.new.mae], [1, 1]);
  assertEquals([tasks.all.rmse, tasks.all.mae], [Math.sqrt((1 + 4) / 2), 1.5]);
  // The two events of user 0 weigh 1 + 4 = 5 together, their logarithm log₂ 6.
  assertEquals(measure("sum").new.rmse, 5 - 3);
  assertEquals(measure("logsum").new.rmse, 3 - Math.fround(Math.log2(6)));
  const silent = evaluate("fixed", fixedModel([1, 1, 3, 4, 1]), { history, truth: held });
  assert(!("rmse" in silent.tasks.all));
});

Deno.test("a sample of users is the same for the same seed and says of how many", () => {
  const options = { maxUsers: 1, seed: 3 };
  const run = () => evaluate("fixed", fixedModel([1, 2, 3, 4, 5]), { history, truth }, options);
  assertEquals(run(), run());
  assertEquals([run().population.measured, run().population.measurable], [1, 2]);
});

Deno.test("rows go task by task; the winner has the highest NDCG, of equals the first", () => {
  const names = ["worse", "better", "equal"];
  const scores = [[1, 1, 1, 9, 9], [5, 4, 3, 2, 1], [5, 4, 3, 2, 1]];
  const evaluations = names.map((name, i) =>
    evaluate(name, fixedModel(scores[i]), { history, truth }, { k: 2 })
  );
  const rows = toRows(evaluations);
  assertEquals(rows.map(({ task }) => task), [
    ...["new", "new", "new", "repeats", "repeats", "repeats", "all", "all", "all"],
  ]);
  assertEquals(rows.map(({ model }) => model), [...names, ...names, ...names]);
  assertEquals(Object.keys(rows[0]), [
    ...["model", "task", "k", "users", ...LIST_METRIC_NAMES],
    ...["coverage", "novelty", "gini", "unbiasedRecall", "unbiasedNdcg"],
  ]);
  assertEquals(winnerOf(evaluations, "new"), "better");
  assertEquals(winnerOf([], "new"), undefined);
});

Deno.test("a model that ranks the truth first scores 1", () => {
  const perfect = evaluate("perfect", fixedModel([1, 2, 3, 0, 0]), {
    history,
    truth: interactionsOf([[0, 2, 1, 11], [1, 2, 1, 12]], { users: 4, items: 5 }),
  }, { k: 1 });
  assertEquals(perfect.tasks.new.ndcg, 1);
  assertEquals(perfect.tasks.new.hitRate, 1);
});

Deno.test("lists are measured by price, unbiased by popularity, and by calibration too", () => {
  const catalogue = {
    categoryId: textColumn(["1", "2", "1", "2", "1"]),
    categoryCode: textColumn(["bags", "shoes", "bags", "shoes", "bags"]),
    brand: textColumn(["unknown", "unknown", "unknown", "unknown", "unknown"]),
    price: Float32Array.of(9, 0, 30, 4, 10),
  };
  // User 0 goes from 0 and 1 on to 2 and 4, user 1 from 3 to 1, whose price isn't known.
  const wanted = interactionsOf([[0, 2, 1, 12], [0, 4, 1, 13], [1, 1, 2, 14]], {
    users: 4,
    items: 5,
  });
  const holdout = { history: { ...history, catalogue }, truth: { ...wanted, catalogue } };
  const { tasks, population } = evaluate("fixed", fixedModel([5, 4, 1, 2, 3]), holdout, { k: 2 });
  assertEquals(population.unpriced, 1 / 3);
  // User 0 is shown 4 and 3: only the 10 of the two.
  assertAlmostEquals(tasks.new.priceNdcg!, 10 / (30 + 10 / Math.log2(3)), 1e-12);
  assertEquals(tasks.new.valueNdcg, undefined);
  // No user knew 2 and 4, one knew 1: all count 1. User 1 is shown 0 and 1.
  assertAlmostEquals(tasks.new.unbiasedRecall!, (1 / 2 + 1) / 2, 1e-12);
  assertAlmostEquals(tasks.new.unbiasedNdcg!, tasks.new.ndcg, 1e-7);
  // User 0's shares are halves, and so are the list's; user 1 has only shoes, the list half.
  assertAlmostEquals(tasks.new.calibrationError!, Math.log(1 / 0.505) / 2, 1e-12);
});

Deno.test("hits count the values that products were given, unless they aren't above 0", () => {
  const wanted = interactionsOf([[0, 2, 1, 12], [0, 4, 1, 13], [1, 1, 2, 14]], {
    users: 4,
    items: 5,
  });
  const values = Float32Array.of(NaN, -2, 3, 8, 1);
  const model = fixedModel([5, 4, 1, 2, 3]);
  const { tasks } = evaluate("fixed", model, { history, truth: wanted }, { k: 2, values });
  // User 0 is shown 4 and 3, and wanted 2 and 4; what user 1 wanted loses money.
  assertAlmostEquals(tasks.new.valueNdcg!, 1 / (3 + 1 / Math.log2(3)), 1e-12);
});

Deno.test("models measured together have the figures that each has alone", async () => {
  const shop = changingShop();
  const cut = timeSpan(shop).last - 5 * SECONDS_PER_DAY;
  const past = sliceByTime(shop, { to: cut });
  const prepared = prepareHoldout({ history: past, truth: sliceByTime(shop, { from: cut }) });
  const blend = algorithmNamed("blend");
  const fits = [
    { algorithm: blend, options: { members: [{ name: "item_knn" }, { name: "session_knn" }] } },
    ...["item_knn", "session_knn", "svd"].map(algorithmNamed)
      .map((algorithm) => ({ algorithm, options: {} })),
  ];
  const models = await Promise.all(fits.map(async ({ algorithm, options }) => ({
    name: algorithm.name,
    model: fittedBefore(past, { algorithm, options }) ?? await algorithm.fit(past, options),
  })));
  const together = evaluateTogether(models, prepared, { k: 5 });
  assert(together[0].tasks.new.users > 100);
  assertEquals(
    together,
    models.map(({ name, model }) => evaluatePrepared(name, model, prepared, { k: 5 })),
  );
});
