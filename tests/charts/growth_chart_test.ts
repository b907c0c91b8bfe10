import { growthChart } from "../../src/charts/growth_chart.ts";
import { assert, assertEquals } from "../assert.ts";
import { draw } from "./drawn.ts";

Deno.test("each size shows what a million events take, and what it takes in all", async () => {
  const { axisTitles, axisLabels, texts } = await draw(growthChart([
    { events: 300_000, cpuSeconds: 9, peakBytes: 600e6 },
    { events: 20_000_000, cpuSeconds: 400, peakBytes: 10e9 },
  ]));
  assertEquals(axisTitles, [
    "Events",
    "Seconds of processors for a million (in all)",
    "Peak megabytes for a million (in all)",
  ]);
  assert(["0.3M", "20M"].every((label) => axisLabels.includes(label)));
  for (const text of ["30.0 s (9 s)", "20.0 s (400 s)", "2000 MB (0.6 GB)", "500 MB (10.0 GB)"]) {
    assert(texts.includes(text), `${text} must be there, there are ${texts.join(", ")}`);
  }
});
