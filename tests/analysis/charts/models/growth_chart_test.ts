import { growthChart } from "../../../../src/analysis/charts/models/growth_chart.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { draw } from "../drawn.ts";

Deno.test("each size shows the cost per million events and in total", async () => {
  const { axisTitles, axisLabels, texts } = await draw(growthChart([
    { events: 300_000, cpuSeconds: 9, peakBytes: 600e6 },
    { events: 20_000_000, cpuSeconds: 400, peakBytes: 10e9 },
  ]));
  assertEquals(axisTitles, ["Events", "CPU seconds", "Peak memory, MB"]);
  for (const label of ["0.3M 9 s", "20M 400 s", "0.3M 0.6 GB", "20M 10.0 GB"]) {
    assert(
      axisLabels.includes(label),
      `${label} must be there, there are ${axisLabels.join(", ")}`,
    );
  }
  for (const text of ["30.0", "20.0", "2,000", "500"]) assert(texts.includes(text), text);
});
