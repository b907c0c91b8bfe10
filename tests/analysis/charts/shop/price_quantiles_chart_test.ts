import { priceQuantilesChart } from "../../../../src/analysis/charts/shop/price_quantiles_chart.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

Deno.test("types are in funnel order, each with its median", async () => {
  const row = { p5: 1, p25: 2, median: 3.456, p75: 5, p95: 20 };
  const { axisTitles, axisLabels, texts } = await draw(priceQuantilesChart([
    { eventType: "purchase", ...row },
    { eventType: "view", ...row, median: 5.1 },
  ]));
  assertEquals(axisTitles, ["Price (shop's currency, logarithmic)", "Type of event"]);
  assertEquals(axisLabels.slice(-2), ["view", "purchase"]);
  assert(texts.includes("3.46") && texts.includes("5.10"));
});
