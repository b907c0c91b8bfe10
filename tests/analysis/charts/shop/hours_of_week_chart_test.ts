import { hoursOfWeekChart } from "../../../../src/analysis/charts/shop/hours_of_week_chart.ts";
import { assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

Deno.test("the week is a heat map of seven days by 24 hours, Monday first", async () => {
  const cells = Array.from({ length: 168 }, (_, i) => ({
    dayOfWeek: 1 + Math.floor(i / 24),
    hour: i % 24,
    eventsPerDay: i,
  }));
  const { axisTitles, axisLabels, marks } = await draw(hoursOfWeekChart(cells));
  assertEquals(axisTitles, ["Hour (UTC)", "Day"]);
  assertEquals(axisLabels.slice(-7), ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
  assertEquals(axisLabels.length, 24 + 7);
  assertEquals(marks.length, 168);
  assertEquals(marks[167], "Hour (UTC): 23; Day: Sun; Events: 167");
});
