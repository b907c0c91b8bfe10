import { accuracyTradeOffChart } from "../../../../src/analysis/charts/models/accuracy_trade_off_chart.ts";
import { assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

Deno.test("each model is named in both panels", async () => {
  const { axisTitles, texts } = await draw(accuracyTradeOffChart([
    { model: "popularity", ndcg: .01, coverage: .002, novelty: 9 },
    { model: "svd", ndcg: .03, coverage: .4, novelty: 12 },
  ]));
  assertEquals(axisTitles, ["Coverage (share of the catalogue shown)", "NDCG", "Novelty (bits)"]);
  assertEquals(texts.filter((text) => text === "svd").length, 2);
});
