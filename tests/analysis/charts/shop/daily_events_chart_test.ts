import { dailyEventsChart } from "../../../../src/analysis/charts/shop/daily_events_chart.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

Deno.test("days are UTC wherever the chart is drawn", async () => {
  const day = (date: string) => ({ date, views: 9000, carts: 20, removals: 3, purchases: 1 });
  const { axisTitles, axisLabels, texts } = await draw(
    dailyEventsChart(["2019-10-01", "2019-10-02", "2019-10-03"].map(day)),
  );
  assertEquals(axisTitles, ["Day", "Events"]);
  assert(axisLabels.includes("1 Oct") && axisLabels.includes("3 Oct"), axisLabels.join());
  assert(!axisLabels.includes("30 Sep"), axisLabels.join());
  assert(axisLabels.includes("8k"), axisLabels.join());
  for (const type of ["view", "cart", "removal", "purchase"]) assert(texts.includes(type), type);
});
