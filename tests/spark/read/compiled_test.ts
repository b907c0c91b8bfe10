/** Java compiles what Spark makes of the queries that read files. */
import pl from "nodejs-polars";
import { Buffer } from "node:buffer";
import { assert } from "../../assert.ts";
import { withFiles } from "../../events/raw_files.ts";
import { COLUMN_NAMES } from "../../../src/events/tables/columns.ts";
import { readServerAddress } from "../../../src/spark/connect/server_address.ts";
import { openSession } from "../../../src/spark/connect/session.ts";
import { openSources, READ_EVENTS } from "../../../src/spark/read/open_sources.ts";
import { isSpark, master } from "../spark_server.ts";

/** Of longer methods, Java compiles none (`DontCompileHugeMethods`). */
const LONGEST = 8000;

/** An event with all columns. */
const EVENT = Object.fromEntries(
  COLUMN_NAMES.map((name) => [name, name === "event_time" ? "2019-10-01 00:00:00 UTC" : "1"]),
);

const CSV = `${COLUMN_NAMES.join(",")}\n${Object.values(EVENT).join(",")}\n`;

const FORMS: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>> = {
  "e.csv": CSV,
  "e.ndjson": JSON.stringify(EVENT),
  "e.parquet": new Uint8Array(
    pl.readCSV(Buffer.from(CSV), { inferSchemaLength: 0 }).writeParquet({}),
  ),
};

for (const [name, content] of Object.entries(FORMS)) {
  Deno.test(
    `Java compiles what reads ${name}`,
    { ignore: !isSpark },
    () =>
      withFiles({ [name]: content }, async (folder) => {
        await using spark = await openSession(readServerAddress(master!));
        await openSources(spark, [`${folder}/${name}`]);
        await spark.rows("show the plan as it is at first", "SET spark.sql.adaptive.enabled=false");
        const [{ plan }] = await spark.rows<{ plan: string }>(
          "show the methods",
          `EXPLAIN CODEGEN SELECT sum(hash(*)) FROM ${READ_EVENTS}`,
        );
        const sizes = [...plan.matchAll(/maxMethodCodeSize:(\d+)/g)].map(([, size]) =>
          Number(size)
        );
        assert(sizes.length > 0, plan);
        assert(Math.max(...sizes) < LONGEST, `bytes of the longest methods: ${sizes.join(", ")}`);
      }),
  );
}
