import { formatRolling } from "../../scripts/lib/tables/rolling_table.ts";
import { InputError } from "../../src/base/input_error.ts";
import { SECONDS_PER_DAY as DAY } from "../../src/base/time.ts";
import type { Interactions } from "../../src/interactions/interactions.ts";
import { timeSpan } from "../../src/interactions/split.ts";
import type { Algorithm } from "../../src/models/model.ts";
import { rollingEvaluation, rollingRows } from "../../src/training/rolling.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "../assert.ts";
import { type HandEvent, interactionsOf } from "../interactions/made_by_hand.ts";

/** Scores items the same for all users, and remembers what it was fitted to. */
function fixedAlgorithm(name: string, scores: number[]): Algorithm & { fitted: Interactions[] } {
  const model = {
    itemCount: scores.length,
    score: (_history: unknown, out: Float32Array) => out.set(scores),
    toTensors: () => ({}),
  };
  const fitted: Interactions[] = [];
  return {
    name,
    description: "",
    options: {},
    defaults: {},
    searchSpace: {},
    fitted,
    fit(train) {
      fitted.push(train);
      return model;
    },
    fromTensors: () => model,
  };
}

// Both users know item 0 from day 0. In the first window user 0 wants item 1; in the second both
// want item 2.
const events: HandEvent[] = [
  ...[[0, 0, 1, 0], [1, 0, 1, 1]] as HandEvent[],
  ...[[0, 1, 1, 7 * DAY]] as HandEvent[],
  ...[[0, 2, 1, 9 * DAY], [1, 2, 1, 10 * DAY]] as HandEvent[],
];
const interactions = interactionsOf(events, { items: 4 });
const options = { folds: 2, testDays: 2, k: 1 };

Deno.test("at each cut-off models are fitted to all events before it and none after", async () => {
  const algorithm = fixedAlgorithm("fixed", [1, 2, 3, 4]);
  const { folds } = await rollingEvaluation(interactions, [algorithm], options);
  // The last event is at day 10; windows of two days end a second after it.
  assertEquals(folds.map(({ from, to }) => [from, to]), [
    [6 * DAY + 1, 8 * DAY + 1],
    [8 * DAY + 1, 10 * DAY + 1],
  ]);
  assertEquals(algorithm.fitted.map((train) => timeSpan(train).last), [1, 7 * DAY]);
  assertEquals(algorithm.fitted.map((train) => train.items.length), [2, 3]);
});

Deno.test("means and standard deviations over windows are those worked out by hand", async () => {
  const algorithms = [
    fixedAlgorithm("first", [0, 9, 1, 1]),
    fixedAlgorithm("second", [0, 1, 9, 1]),
  ];
  const { summary } = await rollingEvaluation(interactions, algorithms, options);
  assertEquals(summary.map(({ task, model }) => `${task} ${model}`).slice(0, 2), [
    ...["new first", "new second"],
  ]);
  // "first" always shows item 1: right once for one user, then wrong for one and for the other;
  // user 0 knows item 1 by then and is shown item 2, which is right. NDCG is 1, then 1/2.
  const [first, second] = summary;
  assertAlmostEquals(first.ndcg.mean, 0.75, 1e-12);
  assertAlmostEquals(first.ndcg.deviation, Math.sqrt(0.125), 1e-12);
  // "second" always shows item 2: wrong, then right for both.
  assertEquals([second.ndcg.mean, second.ndcg.deviation], [0.5, Math.SQRT1_2]);
  assertEquals([second.folds, second.users], [2, 3]);
});

Deno.test("rows have their window, the table has both windows and the mean", async () => {
  const rolling = await rollingEvaluation(
    interactions,
    [fixedAlgorithm("x", [0, 1, 9, 1])],
    options,
  );
  const rows = rollingRows(rolling).filter(({ task }) => ["new", "all"].includes(task));
  assertEquals(rows.map(({ from, task, ndcg }) => [from, task, ndcg]), [
    ["1970-01-07T00:00:01.000Z", "new", 0],
    ["1970-01-07T00:00:01.000Z", "all", 0],
    ["1970-01-09T00:00:01.000Z", "new", 1],
    ["1970-01-09T00:00:01.000Z", "all", 1],
  ]);
  const text = formatRolling(rolling);
  assertStringIncludes(text, "Predicted: all that users do in the window");
  assertStringIncludes(text, "1970-01-07 00:00 (1 user), 1970-01-09 00:00 (2 users)");
  assertStringIncludes(text, "│ x     │ 0.5000 ± 0.7071 │   0.0000 │   1.0000 │");
});

Deno.test("a window in which nothing happened has no evaluations and doesn't count", async () => {
  const algorithm = fixedAlgorithm("x", [0, 1, 9, 1]);
  const { folds, summary } = await rollingEvaluation(interactions, [algorithm], {
    ...options,
    folds: 3,
    testDays: 1.5,
  });
  assertEquals(folds.map(({ evaluations }) => evaluations.length), [1, 0, 1]);
  assertEquals(new Set(summary.map(({ folds }) => folds)), new Set([2]));
  assertEquals(algorithm.fitted.length, 2);
});

Deno.test("without a length windows take half of the span at most", async () => {
  const { folds } = await rollingEvaluation(interactions, [], { folds: 2 });
  // The pause after day 0 counts two days, so the span is five.
  assertEquals(folds.map(({ to, from }) => (to - from) / DAY), [1.25, 1.25]);
});

Deno.test("too many folds, or a single one, are the user's mistake", async () => {
  await assertRejects(
    () => rollingEvaluation(interactions, [], { folds: 6, testDays: 2 }),
    InputError,
    "6 windows of 2 days leave nothing to train on, the events span 5.00 days",
  );
  await assertRejects(
    () => rollingEvaluation(interactions, [], { folds: 1 }),
    InputError,
    "folds must be a whole number of at least 2, got 1",
  );
  await assertRejects(
    () => rollingEvaluation(interactionsOf([]), []),
    InputError,
    "span 0.00 days",
  );
});
