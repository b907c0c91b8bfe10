import { assert, assertEquals, assertStringIncludes } from "../../assert.ts";
import { runToEnd } from "../../running_server.ts";
import { withFolder } from "../../temp_folder.ts";

Deno.test("deno task bench:artifact compares lists and measures starts", () =>
  withFolder(async (folder) => {
    const events = `${folder}/events.csv`;
    const simulate = ["scripts/simulate.ts", "--events", "3000", "--out", events];
    assertEquals((await runToEnd(simulate)).code, 0);
    const json = `${folder}/figures.json`;
    const { code, stdout, stderr } = await runToEnd([
      ...["scripts/bench/artifact.ts", "--events", events, "--models", "item_knn"],
      ...["--lists", "50", "--rounds", "1", "--json", json, "--quiet"],
    ]);
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, "lists of item_knn");
    const rows: { name: string; metric: string; value: number; unit: string }[] = JSON.parse(
      await Deno.readTextFile(json),
    );
    assertEquals(rows.map(({ name, metric, unit }) => `${name}, ${metric}, ${unit}`), [
      "lists of popularity, identical, share",
      "lists of popularity, overlap, share",
      "lists of item_knn, identical, share",
      "lists of item_knn, overlap, share",
      "start, artifact_mb, MB",
      "start, first_answer_ms, ms",
      "start, cpu_ms, ms",
      "start, resident_mb, MB",
    ]);
    const [popularity, , , overlap, ...start] = rows.map(({ value }) => value);
    assertEquals(popularity, 1);
    assert(overlap > 0.99, `${overlap} of the products are the same`);
    assert(start.every((value) => value > 0));
  }));

Deno.test("deno task bench:artifact needs a program and artifacts to measure beside", async () => {
  const { code, stderr } = await runToEnd(["scripts/bench/artifact.ts", "--beside", "here"]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "--beside must have two values");
});
