import { assert, assertEquals, assertStringIncludes } from "../../assert.ts";
import { withFolder } from "../../temp_folder.ts";
import { runToEnd } from "../../running_server.ts";

const SMALL = ["--users", "80", "--items", "70", "--pairs", "600", "--runs", "1", "--quiet"];

const TIMES = ["seconds s", "cpu_seconds s"];

/** The rows that each workload reports, as name, metrics and units. */
const ROWS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "als": { "als, exact": TIMES, "als, conjugate gradient": TIMES },
  "rank": { "20000 lists": TIMES, "one list": TIMES },
  "knn": { "item_knn, cosine": TIMES },
  "pure-svd": { "pure_svd, rank 64": [...TIMES, "energy share"] },
};

for (const [workload, expected] of Object.entries(ROWS)) {
  Deno.test(`deno task bench:models ${workload} reports its figures as JSON`, () =>
    withFolder(async (folder) => {
      const json = `${folder}/figures.json`;
      const args = ["scripts/bench/models.ts", workload, ...SMALL, "--json", json];
      const { code, stdout, stderr } = await runToEnd(args);
      assertEquals([code, stderr], [0, ""]);
      const rows: { bench: string; name: string; metric: string; unit: string; value: number }[] =
        JSON.parse(await Deno.readTextFile(json));
      assertEquals(
        rows.map(({ bench, name, metric, unit }) => [bench, name, `${metric} ${unit}`]),
        Object.entries(expected).flatMap(([name, metrics]) =>
          metrics.map((metric) => [workload, name, metric])
        ),
      );
      for (const { name, metric, value } of rows) {
        assert(value > 0, `${name} ${metric} is ${value}`);
        assertStringIncludes(stdout, name);
      }
    }));
}

Deno.test("deno task bench:models lists its workloads for an unknown one", async () => {
  const { code, stderr } = await runToEnd(["scripts/bench/models.ts", "ease"]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "Allowed choices are als, rank, knn, pure-svd");
});
