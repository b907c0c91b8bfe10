import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { InputError } from "../../../src/base/input_error.ts";
import { readServerAddress } from "../../../src/spark/connect/server_address.ts";
import { openSession, type SparkSession } from "../../../src/spark/connect/session.ts";
import { withFolder } from "../../temp_folder.ts";
import {
  isSpark,
  killServer,
  master,
  needsSail,
  needsServer,
  startOwnServer,
} from "../spark_server.ts";

const open = (address = master!): Promise<SparkSession> => openSession(readServerAddress(address));

Deno.test("a query's rows come with their types", needsServer, async () => {
  await using spark = await open();
  const rows = await spark.rows(
    "test",
    "SELECT 1 AS whole, 0.5D AS part, 'ä' AS text, CAST(NULL AS STRING) AS missing, " +
      "9007199254740993L AS long",
  );
  assertEquals(rows, [
    { whole: 1, part: 0.5, text: "ä", missing: null, long: 9007199254740993n },
  ]);
});

Deno.test("many rows come in batches", needsServer, async () => {
  await using spark = await open();
  await spark.view("numbers", "SELECT id FROM range(1000000)");
  let [batches, bytes] = [0, 0];
  for await (const batch of spark.batches("test", "SELECT * FROM numbers")) {
    batches++;
    bytes += batch.length;
  }
  assert(batches > 1, `${batches} batches`);
  assert(bytes >= 8_000_000, `${bytes} bytes of a million 64-bit numbers`);
});

Deno.test(
  "what a session keeps is its own, and is gone once it is forgotten",
  needsServer,
  () =>
    withFolder(async (folder) => {
      const files = { format: "text", paths: [`${folder}/t.txt`] } as const;
      const valuesOf = async (spark: SparkSession) =>
        (await spark.rows<{ value: string }>("test", "SELECT value FROM kept")).map(({ value }) =>
          value
        );
      await Deno.writeTextFile(files.paths[0], "first");
      await using spark = await open();
      await spark.view("lines", files);
      await spark.keep("kept", "SELECT value FROM lines", `${folder}/one`);
      await Deno.writeTextFile(files.paths[0], "other");
      assertEquals(await valuesOf(spark), ["first"]);
      await using later = await open();
      await later.view("lines", files);
      await later.keep("kept", "SELECT value FROM lines", `${folder}/two`);
      assertEquals(await valuesOf(later), ["other"]);
      if (!isSpark) return;
      await spark.forget("kept");
      assertEquals(await valuesOf(spark), ["other"]);
    }),
);

Deno.test(
  "many rows are shuffled into more partitions, few into no fewer than Spark is set to",
  { ignore: !isSpark },
  async () => {
    await using spark = await open();
    const parts = async () => {
      const setting = "SET spark.sql.shuffle.partitions";
      return Number((await spark.rows<{ value: string }>("test", setting))[0].value);
    };
    const before = await parts();
    await spark.raisePartitions(1);
    assertEquals(await parts(), before);
    // Of 262,144 rows each.
    await spark.raisePartitions(500 * 262_144 + 1);
    assertEquals(await parts(), 501);
  },
);

Deno.test("times are UTC, whatever the server's zone", needsServer, async () => {
  await using spark = await open();
  const [{ text }] = await spark.rows<{ text: string }>(
    "test",
    "SELECT date_format(timestamp_micros(0), 'yyyy-MM-dd HH:mm') AS text",
  );
  assertEquals(text, "1970-01-01 00:00");
});

Deno.test("a wrong query is the user's mistake", needsServer, async () => {
  await using spark = await open();
  await assertRejects(() => spark.rows("test", "SELEC 1"), InputError, "Cannot test: Spark says: ");
});

Deno.test("an address where nothing listens is named", async () => {
  const { message } = await assertRejects(() => open("sc://127.0.0.1:1"), InputError);
  assertEquals(message.startsWith("Cannot open a session: no Spark server answers at "), true);
  assertEquals(message.endsWith("start one (deno task spark:up) or correct --master"), true);
});

Deno.test("a web server isn't taken for Spark", async () => {
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response("hello"),
  );
  await assertRejects(
    () => open(`sc://127.0.0.1:${server.addr.port}`),
    InputError,
    "Cannot open a session: ",
  );
});

Deno.test("a server that dies during a query is reported", needsSail, async () => {
  const own = await startOwnServer();
  await using spark = await open(own);
  await assertRejects(
    async () => {
      let batches = 0;
      for await (const _ of spark.batches("test", "SELECT id, id + 1 FROM range(100000000)")) {
        if (++batches === 2) killServer(own);
      }
    },
    InputError,
    `Cannot test: no Spark server answers at ${own}`,
  );
});

Deno.test("an interrupted query ends", { ...needsServer }, async () => {
  await using spark = await open();
  const query =
    "SELECT sum(sqrt(a.id) + b.id) AS s FROM range(3000000) a CROSS JOIN range(100000) b";
  const running = assertRejects(() => spark.rows("test", query), InputError);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await spark.interrupt();
  await running;
});
