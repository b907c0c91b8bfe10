import { funnelByMonthChart } from "../../../../src/analysis/charts/shop/funnel_by_month_chart.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

Deno.test("three rates are drawn for every month", async () => {
  const { texts, axisTitles, axisLabels } = await draw(funnelByMonthChart([
    { month: "2019-10", viewToCart: .2, cartToPurchase: .15, conversion: .0327 },
    { month: "2019-11", viewToCart: .21, cartToPurchase: .17, conversion: .0382 },
  ]));
  assertEquals(axisTitles, ["Month", "Rate"]);
  assertEquals(axisLabels.slice(0, 2), ["2019-10", "2019-11"]);
  for (const label of ["15%", "17%", "3.27%", "3.82%"]) assert(texts.includes(label), label);
  for (const label of ["view to cart", "cart to purchase", "any session to purchase"]) {
    assert(texts.includes(label), label);
  }
});
