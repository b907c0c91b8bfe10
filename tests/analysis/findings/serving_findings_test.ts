import {
  exportFindings,
  servingAdvice,
  servingFindings,
} from "../../../src/analysis/findings/serving_findings.ts";
import { assertEquals } from "../../assert.ts";

const facts = {
  data: { users: 28_003, items: 7350, events: 230_839 },
  tensors: [{ bytes: 2 ** 20 }, { bytes: 2 ** 21 }],
  lists: [
    { userId: "7", model: "svd", strategy: "personalized" },
    { userId: "nobody", model: "popularity", strategy: "popular" },
  ],
  refusal: 400,
  offline: ["1", "2"],
  online: ["1", "2"],
};

Deno.test("the findings on serving state sizes, answers and whether the lists agree", () => {
  assertEquals(servingFindings(facts), [
    "The artifact holds 28,003 users, 7,350 products and 230,839 events in 3 MiB.",
    "User 7 got a list from svd (personalized).",
    "User nobody got a list from popularity (popular).",
    "A bad request got status 400.",
    "The API's list and the one computed offline are the same.",
  ]);
});

Deno.test("lists that differ in products or length are different", () => {
  const different = "The API's list and the one computed offline are different.";
  assertEquals(servingFindings({ ...facts, online: ["2", "1"] }).at(-1), different);
  assertEquals(servingFindings({ ...facts, online: ["1", "2", "3"] }).at(-1), different);
});

const row = (window: string, model: string, hitRate: number) => ({
  ...{ window, task: "new", model, hitRate },
  ...{ users: 60, ndcg: hitRate / 2 },
});

const training = {
  choice: { defaultModel: "pure_svd", exported: ["popularity", "pure_svd"] },
  comparison: { skipped: [{ model: "graph_svd", reason: "it has too many factors" }] },
  evaluation: [
    row("validation", "pure_svd", .5),
    row("test", "pure_svd", .4),
    row("test", "popularity", .1),
  ],
};

Deno.test("the findings on the export name what it holds and what was left out", () => {
  assertEquals(exportFindings(training), [
    "The artifact holds popularity and pure_svd; pure_svd is served by default, with an NDCG of " +
    "0.2500 on the validation window.",
    "graph_svd is left out: it has too many factors.",
  ]);
  const unmeasured = "nobody came back; use more days";
  assertEquals(exportFindings({ ...training, evaluation: [], unmeasured }).slice(0, 2), [
    "The artifact holds popularity and pure_svd; pure_svd is served by default.",
    "Nothing could be compared: nobody came back; use more days.",
  ]);
});

Deno.test("the advice on serving depends on who finds more", () => {
  const [show, plan, send] = servingAdvice(training, facts);
  assertEquals(
    show,
    "Show pure_svd's lists to returning users: 40% find something in them that they " +
      "went on to, against 10% with popular products.",
  );
  assertEquals(plan, "Plan for an artifact of 3 MiB with 28,003 users and 7,350 products.");
  assertEquals(send.startsWith("Send events as they happen"), true);
  const first = (own: number, popular: number) =>
    servingAdvice({
      ...training,
      evaluation: [row("test", "pure_svd", own), row("test", "popularity", popular)],
    }, facts)[0].split(":")[0];
  assertEquals(first(.1, .4), "Show popular products rather than pure_svd's lists");
  assertEquals(first(0, 0), "Don't go live with pure_svd yet");
  assertEquals(
    servingAdvice({ ...training, unmeasured: "nobody came back" }, facts)[0],
    "Don't go live with pure_svd yet: nobody could be measured.",
  );
});
