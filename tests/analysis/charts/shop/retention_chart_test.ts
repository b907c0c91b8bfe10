import { retentionChart } from "../../../../src/analysis/charts/shop/retention_chart.ts";
import { assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

Deno.test("cohorts are rows labelled with their size, later weeks are columns", async () => {
  const cohort = { cohort: "2019-10-01", users: 91_234 };
  const { axisTitles, axisLabels, texts } = await draw(retentionChart([
    { ...cohort, week: 0, share: 1 },
    { ...cohort, week: 1, share: .11 },
    { ...cohort, week: 2, share: .0925 },
    { cohort: "2019-10-08", users: 500, week: 0, share: 1 },
    { cohort: "2019-10-08", users: 500, week: 1, share: .1 },
  ]));
  assertEquals(axisTitles, ["Weeks later", "First week begins"]);
  assertEquals(axisLabels, [
    "1",
    "2",
    "2019-10-01 (91,234 users)",
    "2019-10-08 (500 users)",
  ]);
  assertEquals(texts.filter((text) => /^[\d.]+%$/.test(text)).slice(0, 3), ["11%", "9.25%", "10%"]);
});
