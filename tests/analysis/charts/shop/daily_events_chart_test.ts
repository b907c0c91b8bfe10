import { dailyEventsChart } from "../../../../src/analysis/charts/shop/daily_events_chart.ts";
import { emptyNote } from "../../../../src/analysis/charts/chart.ts";
import { renderSvg } from "../../../../src/analysis/charts/render_svg.ts";
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

Deno.test("lines are broken where days have no events", async () => {
  const day = (date: string) => ({ date, views: 9, carts: 2, removals: 3, purchases: 1 });
  const broken = await renderSvg(
    dailyEventsChart(["2019-10-01", "2019-10-02", "2019-10-05", "2019-10-06"].map(day)),
  );
  const [path] =
    broken.match(/<path aria-label="[^"]*" role="graphics-symbol"[^>]*line mark[^>]*>/) ??
      broken.match(/<path[^>]*line mark[^>]*>/)!;
  assertEquals(path.match(/ d="([^"]*)"/)![1].match(/M/g)!.length, 2, "two pieces");
});

Deno.test("one day has no line", () => {
  const days = [{ date: "2019-10-01", views: 9, carts: 2, removals: 3, purchases: 1 }];
  assertEquals(emptyNote(dailyEventsChart(days)), "all events are of one day");
});
