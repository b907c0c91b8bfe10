import { funnelOverTimeChart } from "../../../../src/analysis/charts/shop/funnel_over_time_chart.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { emptyNote } from "../../../../src/analysis/charts/chart.ts";
import { draw } from "../drawn.ts";

Deno.test("three rates are drawn for every period", async () => {
  const { texts, axisTitles, axisLabels } = await draw(funnelOverTimeChart([
    { period: "2019-10", viewToCart: .2, cartToPurchase: .15, conversion: .0327 },
    { period: "2019-11", viewToCart: .21, cartToPurchase: .17, conversion: .0382 },
  ], { per: "month" }));
  assertEquals(axisTitles, ["Month", "Rate"]);
  assertEquals(axisLabels.slice(0, 2), ["2019-10", "2019-11"]);
  for (const label of ["15%", "17%", "3.27%", "3.82%"]) assert(texts.includes(label), label);
  for (const label of ["view to cart", "cart to purchase", "any session to purchase"]) {
    assert(texts.includes(label), label);
  }
});

Deno.test("one week can't be compared with another, so it isn't drawn", () => {
  const week = { period: "2019-10-01", viewToCart: .2, cartToPurchase: .15, conversion: .03 };
  assertEquals(
    emptyNote(funnelOverTimeChart([week], { per: "week" })),
    "the data covers only one week",
  );
});
