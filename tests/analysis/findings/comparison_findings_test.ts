import {
  historyFindings,
  populationFindings,
  splitFinding,
  varietyFindings,
  winnerFindings,
} from "../../../src/analysis/findings/comparison_findings.ts";
import { modelAdvice } from "../../../src/analysis/findings/model_advice.ts";
import { assert, assertEquals } from "../../assert.ts";

const row = (model: string, ndcg: number, pValueWinner?: number) => ({
  ...{ model, ndcg, users: 60, coverage: ndcg * 5, hitRate: 4 * ndcg },
  ...(pValueWinner !== undefined && { pValueWinner }),
});

const rows = [row("popularity", .02, .01), row("blend", .06), row("pure_svd", .058, .3)];

const parts = [{ part: "test", users: 200, newUsers: 150 }];

const group = (group: string, mean: number) => ({
  ...{ model: "blend", group, users: 20, mean },
  ...{ low: mean - .01, high: mean + .01 },
});

Deno.test("the best model is named with those that may be as good", () => {
  assertEquals(winnerFindings(rows), [
    "blend has the highest NDCG on the test window, 0.0600, 3.0 times popularity's.",
    "Its lead over pure_svd may be chance.",
  ]);
  assertEquals(
    winnerFindings(rows.slice(0, 2))[1],
    "Its lead over every other model is more than chance.",
  );
  assertEquals(winnerFindings(rows.slice(0, 1)), [
    "popularity has the highest NDCG on the test window, 0.0200.",
  ]);
  assertEquals(winnerFindings(rows.map((row) => ({ ...row, users: 0 }))), []);
});

Deno.test("who is measured is said in words, or why nobody is, and what was left out", () => {
  const population = { measurable: 9, measured: 5, withoutTruth: 20, withoutHistory: 1 };
  const skipped = [{ model: "ease", reason: "the catalogue is too large" }];
  assertEquals(populationFindings(population, { skipped }), [
    "5 of 9 users with a history and events in the test window are measured. Left out are 1 user " +
    "without a history and 20 users who didn't come back.",
    "ease is left out: the catalogue is too large.",
  ]);
  const unmeasured = "the test window has no events; use more";
  assertEquals(populationFindings(undefined, { unmeasured, skipped: [] }), [
    "No model can be compared: the test window has no events; use more.",
  ]);
});

Deno.test("new users of the test window are counted", () => {
  assertEquals(
    splitFinding(parts),
    "Of the 200 users of the test window, 75% are new: without a history, they get popular " +
      "products.",
  );
  assertEquals(splitFinding([]), "The test window has no events.");
});

Deno.test("the variety of the most accurate model stands beside the extremes", () => {
  assertEquals(varietyFindings([...rows, { ...row("content", .01), coverage: .9 }]), [
    "content shows most of the catalogue, 90%, and popularity least, 10%; blend, the most " +
    "accurate, " +
    "shows 30%.",
  ]);
  assertEquals(varietyFindings(rows), [
    "blend shows most of the catalogue, 30%, and popularity least, 10%.",
  ]);
});

Deno.test("a model may do better or worse for long histories, or neither beyond chance", () => {
  const text = (short: number, long: number) =>
    historyFindings([group("0", .9), group("1", short), group("20+", long)], "blend")[0];
  assertEquals(
    text(.1, .2),
    "The longer the history, the better blend does: NDCG 0.1000 for histories of 1 event, " +
      "0.2000 for those of 20+.",
  );
  assert(text(.18, .1).startsWith("The longer the history, the worse blend does"));
  assert(text(.1, .11).startsWith("The length of the history makes no difference to blend"));
  assertEquals(historyFindings([group("1", .1)], "blend"), []);
  assertEquals(historyFindings([group("1", .6), { ...group("20+", 0), users: 1 }], "blend"), [
    "Whether the length of the history matters to blend can't be said from so few users: 20 have " +
    "1 event, 1 have 20+.",
  ]);
});

Deno.test("the advice says what to serve to whom, with figures", () => {
  const choice = { defaultModel: "blend" };
  const groups = [group("1", .1), group("2–4", .2)];
  const figures = { rows, parts, groups, choice, family: ["svd", "pure_svd"] };
  const advice = modelAdvice(figures);
  assertEquals(advice.slice(0, 4), [
    "Serve blend: 24% of users find something they went on to in its list, against 8% with " +
    "popular " +
    "products.",
    "If it must be an SVD, take pure_svd: its NDCG is 0.0580, 96.7% of that of blend.",
    "Keep a good list of popular products: 75% of the test window's users are new and see " +
    "nothing " +
    "else.",
    "Expect most from users with a history of 2–4 events: for them, blend has an NDCG of 0.2000.",
  ]);
  assertEquals(advice.length, 5);
  const useless = rows.map((row) => row.model === "blend" ? row : { ...row, ndcg: 0 });
  assertEquals(
    modelAdvice({ ...figures, rows: useless, groups: [group("1", 0), group("2–4", 0)] })
      .some((text) => text.startsWith("If it must be") || text.startsWith("Expect most")),
    false,
  );
});

Deno.test("where no list has a hit, no model is called best", () => {
  const none = rows.map((row) => ({ ...row, ndcg: 0, hitRate: 0 }));
  assertEquals(winnerFindings(none), ["No model's lists have any product that users went on to."]);
  assertEquals(historyFindings([group("1", 0), group("20+", 0)], "blend"), []);
  const choice = { defaultModel: "popularity" };
  assertEquals(
    modelAdvice({ rows: none, parts, groups: [], choice, family: [] })[0],
    "Serve popularity for now: no model's lists have any product that users went on to.",
  );
});

Deno.test("the advice on data that can't be measured is to collect more", () => {
  const choice = { defaultModel: "popularity" };
  const figures = { rows: [], parts: [], groups: [], choice, family: [] };
  assertEquals(modelAdvice({ ...figures, unmeasured: "no user returned; use more days" }), [
    "Serve popularity for now: nobody could be measured.",
    "Collect more before choosing: no user returned; use more days.",
    "Keep a good list of popular products: new users see nothing else.",
  ]);
});
