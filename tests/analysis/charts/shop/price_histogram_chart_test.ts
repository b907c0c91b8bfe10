import { priceHistogramChart } from "../../../../src/analysis/charts/shop/price_histogram_chart.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

Deno.test("each type of event has a line on a logarithmic axis", async () => {
  const bins = ["view", "remove_from_cart"].flatMap((eventType) => [
    { eventType, from: .5, to: 5, share: .7 },
    { eventType, from: 5, to: 50, share: .3 },
  ]);
  const { axisTitles, axisLabels, texts } = await draw(priceHistogramChart(bins));
  assertEquals(axisTitles, [
    "Price (shop's currency, logarithmic)",
    "Share of the type's events",
  ]);
  assertEquals(axisLabels.slice(0, 7), ["0.5", "1", "2", "5", "10", "20", "50"]);
  for (const type of ["view", "removal"]) assert(texts.includes(type), type);
  assert(!texts.includes("purchase"), "what doesn't occur isn't in the legend");
});
