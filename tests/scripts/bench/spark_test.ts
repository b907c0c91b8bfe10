import { assert, assertEquals, assertStringIncludes } from "../../assert.ts";
import { runToEnd } from "../../running_server.ts";
import { master, needsSail } from "../../spark/spark_server.ts";

const JSON_FILE = "data/bench-spark-test.json";

Deno.test("deno task bench:spark sets both engines beside each other", needsSail, async () => {
  try {
    const { code, stdout, stderr } = await runToEnd([
      ...["scripts/bench/spark.ts", "--rows", "2000", "--executors", "1", "--master", master!],
      ...["--json", JSON_FILE, "--quiet"],
    ]);
    assertEquals(code, 0, stderr);
    assertStringIncludes(stdout, "clean 2000 rows");
    const rows = JSON.parse(
      await Deno.readTextFile(new URL(`../../../${JSON_FILE}`, import.meta.url)),
    ) as { metric: string; value: number; peerValue: number }[];
    assertEquals(rows.map(({ metric }) => metric), [
      ...["seconds_first", "seconds", "rows_per_core", "peak_memory_here"],
    ]);
    for (const { value, peerValue } of rows) assert(value > 0 && peerValue > 0);
  } finally {
    await Deno.remove(new URL(`../../../${JSON_FILE}`, import.meta.url));
    await Deno.remove(new URL("../../../data/bench-2000.csv", import.meta.url));
  }
});
