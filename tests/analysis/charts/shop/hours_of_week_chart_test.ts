import { hoursOfWeekChart } from "../../../../src/analysis/charts/shop/hours_of_week_chart.ts";
import { assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

Deno.test("the week is a heat map of seven days by 24 hours, Monday first", async () => {
  const cells = Array.from({ length: 168 }, (_, i) => ({
    dayOfWeek: 1 + Math.floor(i / 24),
    hour: i % 24,
    eventsPerHour: i === 0 ? NaN : i,
  }));
  const { axisTitles, axisLabels, marks } = await draw(hoursOfWeekChart(cells));
  assertEquals(axisTitles, ["Hour (UTC)", "Day"]);
  assertEquals(axisLabels.slice(-7), ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
  assertEquals(axisLabels.length, 24 + 7);
  // A grey cell for each hour, and a coloured one for each that the data covers.
  assertEquals(marks.filter((mark) => !mark.includes("Events")).length, 168);
  const covered = marks.filter((mark) => mark.includes("Events"));
  assertEquals(covered.length, 167);
  assertEquals(covered.at(-1), "Hour (UTC): 23; Day: Sun; Events: 167");
});
