import { assert, assertEquals, assertStringIncludes } from "../../assert.ts";
import { runToEnd } from "../../running_server.ts";
import { master, needsSail } from "../../spark/spark_server.ts";

const JSON_FILE = "data/bench-spark-test.json";

Deno.test("deno task bench:spark sets both engines beside each other", needsSail, async () => {
  const { stdout, rows } = await bench();
  assertStringIncludes(stdout, "clean 2000 rows");
  assertEquals(rows.map(({ metric }) => metric), [
    ...["seconds_first", "seconds", "rows_per_core", "peak_memory_here"],
  ]);
  for (const { value, peerValue } of rows) assert(value > 0 && peerValue > 0);
});

Deno.test("deno task bench:spark measures training with and without sums", needsSail, async () => {
  const { rows } = await bench("--train", "popularity,item_knn");
  const metrics = ["seconds", "cpu_here", "peak_memory_here"];
  assertEquals(
    rows.map(({ name, metric }) => `${name}: ${metric}`),
    ["cleaned", "sums"].flatMap((way) =>
      metrics.map((metric) => `train on 2000 rows, ${way}, executors: 1: ${metric}`)
    ),
  );
  for (const { value, peerValue } of rows) assert(value > 0 && peerValue > 0);
});

async function bench(...options: string[]) {
  try {
    const { code, stdout, stderr } = await runToEnd([
      ...["scripts/bench/spark.ts", "--rows", "2000", "--executors", "1", "--master", master!],
      ...["--json", JSON_FILE, "--quiet", ...options],
    ]);
    assertEquals(code, 0, stderr);
    const rows = JSON.parse(
      await Deno.readTextFile(new URL(`../../../${JSON_FILE}`, import.meta.url)),
    ) as { name: string; metric: string; value: number; peerValue: number }[];
    return { stdout, rows };
  } finally {
    await Deno.remove(new URL(`../../../${JSON_FILE}`, import.meta.url));
    await Deno.remove(new URL("../../../data/bench-2000.csv", import.meta.url));
  }
}
