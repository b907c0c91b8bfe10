/** Rows have the order of their file, or the server is refused. */
import { assertEquals, assertRejects } from "../../assert.ts";
import { withFiles } from "../../events/raw_files.ts";
import { simulatedText } from "../../simulate/simulated_events.ts";
import { InputError } from "../../../src/base/input_error.ts";
import { readServerAddress } from "../../../src/spark/connect/server_address.ts";
import { openSession, type SparkSession } from "../../../src/spark/connect/session.ts";
import { checkOrder } from "../../../src/spark/read/check_order.ts";
import { placedFiles } from "../../../src/spark/read/source.ts";
import { master, needsSail } from "../spark_server.ts";

/** More than 1 MB, which Sail reads in pieces, if it has threads. */
const TEXT = simulatedText({ events: 8000, days: 10, seed: 3 });

Deno.test(
  "a file of several pieces begins with its first line, each time",
  needsSail,
  () =>
    withFiles({ "e.csv": TEXT }, async (folder) => {
      const path = `${folder}/e.csv`;
      await using spark = await openSession(readServerAddress(master!));
      await spark.view("lines", placedFiles(spark, { format: "text", paths: [path] }, ["value"]));
      await checkOrder(spark, "lines", path);
      const query = "SELECT value FROM lines ORDER BY place_row LIMIT 1";
      const header = TEXT.slice(0, TEXT.indexOf("\n"));
      for (let round = 0; round < 20; round++) {
        const firsts = await Promise.all(
          Array.from({ length: 8 }, () => spark.rows<{ value: string }>("read", query)),
        );
        for (const [{ value }] of firsts) assertEquals(value, header);
      }
    }),
);

function serverWith(name: "Sail" | "Spark", plan: string): Pick<SparkSession, "server" | "rows"> {
  return {
    server: { name, version: "1.0" },
    rows: <Row>() => Promise.resolve([{ plan }] as Row[]),
  };
}

Deno.test("a Sail server that reads a file in several threads is refused", async () => {
  for (const groups of ["2", "16"]) {
    await assertRejects(
      () => checkOrder(serverWith("Sail", `file_groups={${groups} groups: [[…]]}`), "v", "e.csv"),
      InputError,
      "Cannot read e.csv: this Sail server reads it in several threads",
    );
  }
  await checkOrder(serverWith("Sail", "file_groups={1 group: [[e.csv]]}"), "v", "e.csv");
  await checkOrder(serverWith("Spark", "file_groups={2 groups"), "v", "e.csv");
});
