import { waterfallChart } from "../../../../src/analysis/charts/shop/waterfall_chart.ts";
import { assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

Deno.test("each step starts where the one before ended", async () => {
  const { title, axisTitles, marks } = await draw(
    waterfallChart(1000, [{ step: "duplicates", removed: 50 }, { step: "no price", removed: 150 }]),
  );
  assertEquals(title, "Rows removed by cleaning");
  assertEquals(axisTitles, ["Rows", "Step"]);
  assertEquals(marks.slice(0, 4).map((mark) => mark.match(/\d+/g)!.slice(0, 2).map(Number)), [
    [0, 1000],
    [950, 1000],
    [800, 950],
    [0, 800],
  ]);
});

Deno.test("steps are labelled with rows and their percentage of all rows read", async () => {
  const { texts, axisLabels } = await draw(
    waterfallChart(4_102_283, [
      { step: "duplicates & such", removed: 221_523 },
      { step: "no user", removed: 12 },
      { step: "no time", removed: 0 },
    ]),
  );
  for (const label of ["4,102,283", "−221,523 (5.4%)", "−12 (< 0.01%)", "none", "3,880,748"]) {
    assertEquals(texts.filter((text) => text === label).length, 1, label);
  }
  assertEquals(axisLabels.slice(-5), [
    "rows read",
    "duplicates & such",
    "no user",
    "no time",
    "rows kept",
  ]);
});
