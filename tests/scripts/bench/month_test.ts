import { formatMonth } from "../../../scripts/bench/lib/month/month_table.ts";
import { assert, assertEquals, assertStringIncludes } from "../../assert.ts";
import { runToEnd } from "../../running_server.ts";
import { withFolder } from "../../temp_folder.ts";

Deno.test("deno task bench:month measures training, serving and a large catalogue", () =>
  withFolder(async (folder) => {
    const json = `${folder}/figures.json`;
    // Two hundred lists take several ticks of the clock that counts CPU time.
    const { code, stdout, stderr } = await runToEnd([
      ...["scripts/bench/month.ts", "--only", "train,train-wide,lists,start"],
      ...["--events", "6000", "--lists", "200", "--rounds", "1"],
      ...["--folder", folder, "--json", json, "--quiet"],
    ]);
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, "what a user does");
    const rows: { name: string; metric: string; value: number; unit: string }[] = JSON.parse(
      await Deno.readTextFile(json),
    );
    const metricsOf = (wanted: string) =>
      rows.filter(({ name }) => name === wanted).map(({ metric }) => metric);
    const stages = ["clean", "validation", "test", "final"].map((stage) => `${stage}_seconds`);
    for (const name of ["train on a month", "train on a large catalogue"]) {
      assertEquals(metricsOf(name), ["seconds", ...stages, "cpu_seconds", "peak_mb"]);
    }
    assertEquals(metricsOf("start serving it"), [
      ...["ready_ms", "cpu_seconds", "resident_mb", "peak_mb", "artifact_mb"],
    ]);
    const lists = [...new Set(rows.map(({ name }) => name))]
      .filter((name) => name.startsWith("first list by "));
    assert(lists[0].endsWith(", the default") && lists[1].endsWith(", explained"), lists.join());
    for (const name of lists) {
      assertEquals(metricsOf(name), [
        ...["requests_per_core", "p50_ms", "p95_ms", "p99_ms", "resident_mb", "peak_mb"],
      ]);
    }
    const [returning] = rows.filter(({ name }) => name.startsWith("lists of returning users by "));
    assertEquals(metricsOf(returning.name), ["requests_per_second", "requests_per_core"]);
    for (const { name, metric, value } of rows) assert(value > 0, `${name}: ${metric} ${value}`);
  }));

Deno.test("deno task bench:month refuses a part that it can't measure", async () => {
  const { code, stderr } = await runToEnd(["scripts/bench/month.ts", "--only", "train,fly"]);
  assertEquals(code, 1);
  assertStringIncludes(
    stderr,
    "It must list some of train, train-wide, lists, start, first-answer",
  );
});

Deno.test("the month's table has CPU time, of lists for each, and peers below", () => {
  const table = formatMonth([
    { name: "list", figures: { requests_per_core: 400, p50_ms: 2, p99_ms: 8.25, peak_mb: 99.6 } },
    {
      name: "train",
      figures: { seconds: 12, validation_seconds: 5.04, cpu_seconds: 20, peak_mb: 700 },
      peer: { name: "Python", figures: { seconds: 90.06, cpu_seconds: 100, peak_mb: 900 } },
    },
  ]);
  const rows = table.split("\n").map((line) =>
    line.split("│").slice(1, -1).map((cell) => cell.trim())
  ).filter((cells) => cells.length > 1);
  const cells = rows.flat().join("|");
  assertStringIncludes(cells, "p50 2.00 ms, p99 8.25 ms, 400 per second and core");
  assertStringIncludes(cells, "2.50 ms a list|100 MB");
  assertStringIncludes(cells, "12.0 s, validation 5.0 s");
  assertStringIncludes(cells, "the same with Python|90.1 s");
  assertStringIncludes(cells, "20.0 s|700 MB");
  assertStringIncludes(cells, "100.0 s|900 MB");
});
