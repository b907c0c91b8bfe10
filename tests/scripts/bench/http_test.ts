import { TempFolder } from "../../../src/base/temp_folder.ts";
import { assert, assertEquals, assertStringIncludes } from "../../assert.ts";
import { runToEnd } from "../../running_server.ts";

const SMALL = ["--events", "6000"];

Deno.test("deno task bench:http measures a small shop and writes all figures as JSON", async () => {
  using folder = new TempFolder();
  const json = `${folder.path}/figures.json`;
  const { code, stdout, stderr } = await runToEnd([
    ...["scripts/bench/http.ts", ...SMALL, "--folder", folder.path, "--seconds", "1"],
    ...["--rounds", "1", "--json", json, "--quiet"],
  ]);
  assertEquals([code, stderr], [0, ""]);
  assertStringIncludes(stdout, "recommend_ratio");
  const rows: { name: string; metric: string; value: number; unit: string }[] = JSON.parse(
    await Deno.readTextFile(json),
  );
  assertEquals(rows.map(({ name, metric, unit }) => `${name} ${metric} ${unit}`), [
    "recommend requests_per_second 1/s",
    "recommend requests_per_core 1/s",
    "recommend busy share",
    ...["bare, constant", "bare, different", "bare, headers"].flatMap((name) => [
      `${name} requests_per_second 1/s`,
      `${name} requests_per_core 1/s`,
      `${name} busy share`,
    ]),
    "recommend_ratio ratio share",
    ...["recommend_half_load", "bare, half load"].flatMap((name) => [
      `${name} requests_per_second 1/s`,
      `${name} p50_ms ms`,
      `${name} p99_ms ms`,
    ]),
    ...["recommend_first", "filters", "sessions"].flatMap((name) => [
      `${name} requests_per_second 1/s`,
      `${name} requests_per_core 1/s`,
      `${name} busy share`,
    ]),
    "events events_per_second 1/s",
    "events events_per_core 1/s",
    "overload, peak requests_per_second 1/s",
    "overload, peak requests_per_core 1/s",
    ...["2", "5", "10"].flatMap((times) => [
      `overload, ${times} times requests_per_second 1/s`,
      `overload, ${times} times of_peak share`,
      `overload, ${times} times of_peak_per_core share`,
      `overload, ${times} times refused share`,
      `overload, ${times} times told_when share`,
    ]),
    "overload, afterwards p99_ms ms",
    "overload, afterwards memory_growth_mb MB",
    "start ready_ms ms",
    "start resident_mb MB",
    "start after_load_mb MB",
    "artifact size_mb MB",
  ]);
  const valueOf = (wanted: string) =>
    rows.find(({ name, metric }) => `${name} ${metric}` === wanted)?.value ?? NaN;
  assertEquals(valueOf("overload, 10 times told_when"), 1);
  assert(valueOf("recommend_ratio ratio") > 0 && valueOf("artifact size_mb") > 0);
});
