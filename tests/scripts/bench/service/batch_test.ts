import { assert, assertEquals, assertStringIncludes } from "../../../assert.ts";
import { runToEnd, saveBlockArtifact } from "../../../running_server.ts";
import { withFolder } from "../../../temp_folder.ts";

Deno.test("deno task bench:batch measures the lists of all users by format and placement", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(`${folder}/artifacts`);
    const json = `${folder}/figures.json`;
    const { code, stderr } = await runToEnd([
      ...["scripts/bench/service/batch.ts", "--artifacts", `${folder}/artifacts`, "--workers", "1"],
      ...["--only", "lists.parquet,segment.parquet", "--json", json, "--quiet"],
    ]);
    assertEquals([code, stderr], [0, ""]);
    const rows: { name: string; metric: string; value: number; unit: string }[] = JSON.parse(
      await Deno.readTextFile(json),
    );
    const metrics = [
      ...["users_per_second 1/s", "cpu_ms_per_user ms", "seconds s", "cpu_seconds s"],
      ...["peak_mb MB", "size_mb MB"],
    ];
    assertEquals(
      rows.map(({ name, metric, unit }) => `${name} ${metric} ${unit}`),
      ["lists.parquet", "segment.parquet"].flatMap((name) =>
        metrics.map((metric) => `${name} ${metric}`)
      ),
    );
    for (const { metric, value } of rows) assert(value > 0, `${metric} ${value}`);
  }));

Deno.test("deno task bench:batch names what it can measure", async () => {
  const { code, stderr } = await runToEnd([
    ...["scripts/bench/service/batch.ts", "--artifacts", "none", "--only", "lists.xls", "--quiet"],
  ]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "Cannot measure lists.xls: --only must list some of lists.parquet");
});
