import { historyLengthChart } from "../../../../src/analysis/charts/models/history_length_chart.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

Deno.test("groups keep their order and show their number of users", async () => {
  const row = { mean: .03, low: .02, high: .04 };
  const { axisTitles, axisLabels, texts } = await draw(historyLengthChart([
    { model: "svd", group: "1", users: 20_000, ...row },
    { model: "svd", group: "20+", users: 900, ...row },
    { model: "markov", group: "1", users: 20_000, ...row },
  ]));
  assertEquals(axisTitles, ["Events in the user's history (below: users)", "NDCG"]);
  assertEquals(axisLabels.slice(0, 2), ["1 20,000", "20+ 900"]);
  assert(texts.includes("svd") && texts.includes("markov"));
});
