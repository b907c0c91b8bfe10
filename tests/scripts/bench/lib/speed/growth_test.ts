import {
  describeGrowth,
  growthOf,
  growthRows,
  millions,
  phasesOf,
  type SizedRun,
} from "../../../../../scripts/bench/lib/speed/growth.ts";
import { assertEquals } from "../../../../assert.ts";

function run(events: number, cpuSeconds: number, peakBytes: number): SizedRun {
  return { events, cpuSeconds, peakBytes, seconds: cpuSeconds / 2, stages: [] };
}

Deno.test("growth is the figure per event, relative to the size before", () => {
  const runs = [run(4e6, 60, 3e9), run(1e6, 10, 1e9), run(5e5, 10, 1e9)];
  const growths = growthOf(runs);
  assertEquals(growths, [
    { figure: "CPU seconds", from: 5e5, to: 1e6, ratio: 0.5 },
    { figure: "CPU seconds", from: 1e6, to: 4e6, ratio: 1.5 },
    { figure: "peak memory", from: 5e5, to: 1e6, ratio: 0.5 },
    { figure: "peak memory", from: 1e6, to: 4e6, ratio: 0.75 },
  ]);
});

Deno.test("growth of at most a fifth per event is linear", () => {
  assertEquals(
    describeGrowth([run(1e6, 10, 1000), run(2e6, 24, 2402)]).split("\n"),
    [
      "CPU seconds: linear, at most 1.20 times as much per event from one size to the next " +
      "(1M to 2M)",
      "peak memory: not linear, at most 1.20 times as much per event from one size to the next " +
      "(1M to 2M)",
    ],
  );
});

Deno.test("the time of each stage counts for its phase", () => {
  const stages = [
    { name: "Reading and cleaning events", seconds: 1 },
    { name: "Fitting and measuring 3 models: validation", seconds: 2 },
    { name: "Fitting and measuring 3 models: test", seconds: 4 },
    { name: "Fitting 3 models to everything", seconds: 8 },
  ];
  assertEquals(phasesOf({ stages }), {
    "clean": 1,
    "train and evaluate": 6,
    "fit and export": 8,
  });
});

Deno.test("a size is written in millions", () => {
  assertEquals([300_000, 4_000_000, 20_000_000, 2000].map(millions), [
    "0.3M",
    "4M",
    "20M",
    "0.002M",
  ]);
});

Deno.test("each size has its figures, in total and per million events", () => {
  const rows = growthRows([run(2e6, 10, 5e9)], { models: "svd" });
  assertEquals(
    rows.map(({ name, metric, value, unit }) => `${name} ${metric}: ${value} ${unit}`),
    [
      "2M clean: 0 s",
      "2M train and evaluate: 0 s",
      "2M fit and export: 0 s",
      "2M seconds: 5 s",
      "2M cpu_seconds: 10 s",
      "2M peak_memory: 5000 MB",
      "2M cpu_seconds a million: 5 s",
      "2M peak_memory a million: 2500 MB",
    ],
  );
});
