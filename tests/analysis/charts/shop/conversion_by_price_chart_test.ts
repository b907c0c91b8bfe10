import { conversionByPriceChart } from "../../../../src/analysis/charts/shop/conversion_by_price_chart.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

Deno.test("bands are named by their prices and show conversion and interval", async () => {
  const { axisTitles, axisLabels, texts, marks } = await draw(conversionByPriceChart([
    { from: .32, to: 1.42, conversion: { share: .12, low: .11, high: .13 } },
    { from: 5, to: 5, conversion: { share: .06, low: .05, high: .07 } },
  ]));
  assertEquals(axisTitles, ["Price band (shop's currency)", "Viewers who buy"]);
  assertEquals(axisLabels.slice(0, 2), ["0.32–1.42", "5.00"]);
  assert(texts.includes("12%") && texts.includes("6%"));
  assert(marks.some((mark) => mark.includes("11%") && mark.includes("0.13")), marks.join("\n"));
});
