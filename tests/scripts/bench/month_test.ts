import { assert, assertEquals, assertStringIncludes } from "../../assert.ts";
import { runToEnd } from "../../running_server.ts";
import { withFolder } from "../../temp_folder.ts";

Deno.test("deno task bench:month measures training, serving and a large catalogue", () =>
  withFolder(async (folder) => {
    const json = `${folder}/figures.json`;
    const { code, stderr } = await runToEnd([
      ...["scripts/bench/month.ts", "--only", "train,serve,train-wide", "--events", "6000"],
      ...["--lists", "5", "--rounds", "1", "--folder", folder, "--json", json, "--quiet"],
    ]);
    assertEquals([code, stderr], [0, ""]);
    const rows: { name: string; metric: string; value: number; unit: string }[] = JSON.parse(
      await Deno.readTextFile(json),
    );
    const metricsOf = (wanted: string) =>
      rows.filter(({ name }) => name === wanted).map(({ metric }) => metric);
    const training = ["seconds", "cpu_seconds", "clean_seconds", "train and evaluate_seconds"];
    for (const name of ["train on a month", "train on a large catalogue"]) {
      assertEquals(metricsOf(name), [...training, "fit and export_seconds", "peak_mb"]);
    }
    assertEquals(metricsOf("serve the default"), [
      "ready_ms",
      "resident_mb",
      "after_lists_mb",
      "artifact_mb",
    ]);
    const lists = [...new Set(rows.map(({ name }) => name))]
      .filter((name) => name.startsWith("first list by "));
    assert(lists.some((name) => name.endsWith(", explained")), lists.join());
    for (const name of lists) {
      assertEquals(metricsOf(name), ["requests_per_core", "p50_ms", "p95_ms", "p99_ms"]);
    }
    for (const { name, metric, value } of rows) assert(value > 0, `${name}: ${metric} ${value}`);
  }));

Deno.test("deno task bench:month refuses a part that it can't measure", async () => {
  const { code, stderr } = await runToEnd(["scripts/bench/month.ts", "--only", "train,fly"]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "It must list some of train, serve, first-answer, train-wide.");
});
