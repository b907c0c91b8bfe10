import {
  formatTrials,
  formatTunings,
  growTrials,
  trialRows,
} from "../../../../scripts/lib/tables/trials_table.ts";
import type { TrialOutcome } from "../../../../src/training/tune/trial.ts";
import type { Tuning } from "../../../../src/training/tune/tune.ts";
import { assertEquals, assertStringIncludes } from "../../../assert.ts";

const figures = { users: 40, ndcg: 0.125, recall: 0.25, map: 0.0625 };
const good: TrialOutcome = { seconds: 1.5, figures };
const bad: TrialOutcome = { seconds: 0, error: "Cannot fit: no\n    at fit (svd.ts)" };
const tuning: Tuning = {
  rungs: [{ trials: 3, users: 1000 }, { trials: 1, users: 3000 }],
  candidates: [
    { number: 1, rung: 1, options: { days: Infinity }, outcome: good },
    { number: 0, rung: 0, options: { days: 7 }, outcome: good },
    { number: 2, rung: 0, options: { days: -1 }, outcome: bad },
  ],
  best: { options: { days: Infinity }, figures },
  baseline: { ...figures, ndcg: 0.1 },
  untried: 2,
};

Deno.test("a growing table has a line for each trial, aligned with its header", () => {
  const table = growTrials({ k: 5, folds: false });
  const lines = [
    table.head,
    table.line({ options: { days: 7 }, users: 1000 }, good),
    table.line({ options: { days: -1 }, users: 1000 }, bad),
  ];
  assertEquals(lines, [
    "trial      users    NDCG@5    recall@5     MAP@5     RMSE  seconds  options",
    "    1      1,000    0.1250      0.2500    0.0625               1.5  days 7",
    "    2      1,000                                               0.0  days -1  failed: " +
    "Cannot fit: no",
  ]);
});

Deno.test("cross-validated RMSE has a column if requested", () => {
  const table = growTrials({ k: 5, folds: true });
  const crossValidated = { mean: 0.9, deviation: 0.01 };
  const line = table.line({ options: {}, users: 9 }, {
    seconds: 0,
    figures: { ...figures, rmse: 1, crossValidated },
  });
  assertStringIncludes(table.head, "RMSE      folds' RMSE  seconds");
  assertStringIncludes(line, "1.0000  0.9000 ± 0.0100      0.0");
});

Deno.test("the final table has a column for each option and figure, then the failures", () => {
  assertEquals(formatTrials(tuning, { k: 5, metric: "ndcg" }).split("\n"), [
    "┌───────┬──────────┬───────┬────────┬──────────┬────────┐",
    "│ place │     days │ users │ NDCG@5 │ recall@5 │  MAP@5 │",
    "├───────┼──────────┼───────┼────────┼──────────┼────────┤",
    "│ 1     │ Infinity │ 3,000 │ 0.1250 │   0.2500 │ 0.0625 │",
    "│ 2     │        7 │ 1,000 │ 0.1250 │   0.2500 │ 0.0625 │",
    "└───────┴──────────┴───────┴────────┴──────────┴────────┘",
    "1 failed: Cannot fit: no",
  ]);
});

Deno.test("another metric that decides has a column of its own", () => {
  const [, head] = formatTrials(
    {
      ...tuning,
      candidates: [{
        ...tuning.candidates[0],
        outcome: { seconds: 1, figures: { ...figures, priceNdcg: 0.75 } },
      }],
    },
    { k: 5, metric: "priceNdcg" },
  ).split("\n");
  assertStringIncludes(head, "price NDCG@5 │ NDCG@5");
});

Deno.test("what tuning found has a row for each model, beside its defaults", () => {
  const nothing: Tuning = { rungs: [], candidates: [], untried: 32 };
  assertEquals(
    formatTunings(new Map([["popularity", tuning], ["svd", nothing]]), { metric: "ndcg", k: 5 })
      .split("\n"),
    [
      "┌────────────┬──────────┬────────┬────────┬─────────┬───────┐",
      "│ model      │  NDCG@5, │   best │ trials │ untried │ users │",
      "│            │ defaults │  found │        │         │       │",
      "├────────────┼──────────┼────────┼────────┼─────────┼───────┤",
      "│ popularity │   0.1000 │ 0.1250 │      3 │       2 │    40 │",
      "│ svd        │          │        │      0 │      32 │     0 │",
      "└────────────┴──────────┴────────┴────────┴─────────┴───────┘",
    ],
  );
});

Deno.test("rows for JSON contain no times, which differ between runs", () => {
  assertEquals(trialRows(tuning, "popularity", 5), [
    { model: "popularity", options: { days: "Infinity" }, k: 5, sampledUsers: 3000, ...figures },
    { model: "popularity", options: { days: 7 }, k: 5, sampledUsers: 1000, ...figures },
    {
      ...{ model: "popularity", options: { days: -1 }, k: 5, sampledUsers: 1000 },
      error: "Cannot fit: no\n    at fit (svd.ts)",
    },
  ]);
});
