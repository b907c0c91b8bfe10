import pl from "nodejs-polars";
import { runCommand } from "../../../scripts/lib/run_command.ts";
import { readEvents } from "../../../src/events/read/read.ts";
import { RAW_COLUMNS } from "../../../src/events/tables/schema.ts";
import { assertEquals } from "../../assert.ts";
import { column, csv, gzip, HEADER, readRows, row, withFiles } from "../raw_files.ts";

const encoder = new TextEncoder();

Deno.test("a file in the Kaggle form becomes typed columns, missing values null", async () => {
  const events = await readRows(
    "2019-12-01 00:00:00 UTC,remove_from_cart,5712790,1487580005268456287,,f.o.x,6.27," +
      "576802932,51d85cb0",
    "2019-12-01 00:00:00 UTC,view,5764655,1487580005411062629,apparel.glove,,29.05,412120092,",
  );
  assertEquals(events.columns, [...RAW_COLUMNS]);
  assertEquals(RAW_COLUMNS.map((name) => column(events, name)), [
    ["2019-12-01 00:00:00", "2019-12-01 00:00:00"],
    ["remove_from_cart", "view"],
    ["5712790", "5764655"],
    ["1487580005268456287", "1487580005411062629"],
    [null, "apparel.glove"],
    ["f.o.x", null],
    ["6.27", "29.05"],
    ["576802932", "412120092"],
    ["51d85cb0", null],
  ]);
  assertEquals(events.dtypes.map(String), [
    "DataType(Datetime(us,UTC))",
    "DataType(String)",
    "DataType(Int64)",
    "DataType(Int64)",
    "DataType(String)",
    "DataType(String)",
    "DataType(Float64)",
    "DataType(Int64)",
    "DataType(String)",
  ]);
});

Deno.test("columns are found by name, optional ones may be missing, others are ignored", () =>
  withFiles({
    // A column called 0 would go to the front of an object and shift all others.
    "events.csv": "user_id,0,price,event_type,note,event_time,product_id,title\n" +
      "7,x,1.5,view,y,2019-10-01 00:00:00 UTC,11,Red polish\n",
  }, async (folder) => {
    const { events } = await readEvents([`${folder}/events.csv`]);
    assertEquals(events.columns, [...RAW_COLUMNS, "title"]);
    assertEquals(
      events.columns.map((name) => column(events, name)[0]),
      ["2019-10-01 00:00:00", "view", "11", null, null, null, "1.5", "7", null, "Red polish"],
    );
  }));

Deno.test("ids keep 64 bits, letters and leading zeros", async () => {
  const ids = async (...products: string[]) => {
    const events = await readRows(...products.map((product) => row({ product })));
    return [String(events.getColumn("product_id").dtype), ...column(events, "product_id")];
  };
  const integer = "DataType(Int64)";
  const text = "DataType(String)";
  assertEquals(await ids("9007199254740993", "1"), [integer, "9007199254740993", "1"]);
  assertEquals(await ids("9223372036854775807"), [integer, "9223372036854775807"]);
  assertEquals(await ids("-5", "0"), [integer, "-5", "0"]);
  assertEquals(await ids("9223372036854775808"), [text, "9223372036854775808"]);
  assertEquals(await ids("SKU-1", "2"), [text, "SKU-1", "2"]);
  assertEquals(await ids("007", "7"), [text, "007", "7"]);
  assertEquals(await ids("+7", "7"), [text, "+7", "7"]);
});

Deno.test("CRLF, a byte order mark, empty lines and a missing last line feed are accepted", () =>
  withFiles({
    "windows.csv": csv(row({ session: "a" }), row({ session: "" })).replaceAll("\n", "\r\n"),
    "mark.csv": "\ufeff" + csv(row({ session: "b" })),
    "gaps.csv": csv(row({ session: "c" }), "", row({ session: "d" }), "", ""),
    "cut.csv": csv(row({ session: "e" })).trimEnd(),
  }, async (folder) => {
    const { events, rejects } = await readEvents([
      `${folder}/windows.csv`,
      `${folder}/mark.csv`,
      `${folder}/gaps.csv`,
      `${folder}/cut.csv`,
    ]);
    assertEquals(column(events, "user_session"), ["a", null, "b", "c", "d", "e"]);
    assertEquals(rejects, []);
  }));

Deno.test("quoted fields may contain commas and quotes; an empty one is missing", () =>
  withFiles({
    "events.csv": `${HEADER},title\n` +
      `${row({ brand: '"f.o.x"', session: '""' })},"Lamp, 2"" wide"\n` +
      `${row({ product: '"12"', price: '"3.5"' })},Ключ\n`,
  }, async (folder) => {
    const { events } = await readEvents([`${folder}/events.csv`]);
    assertEquals(column(events, "title"), ['Lamp, 2" wide', "Ключ"]);
    assertEquals(column(events, "brand"), ["f.o.x", null]);
    assertEquals(column(events, "user_session"), [null, "s1"]);
    assertEquals(column(events, "product_id"), ["5712790", "12"]);
    assertEquals(column(events, "price"), ["6.27", "3.5"]);
  }));

Deno.test("several files become one table in time order; ties keep their order", () =>
  withFiles({
    "2019-11.csv": csv(row({ at: "2019-11-01 00:00:00 UTC", session: "d" })),
    "2019-10.csv": csv(
      row({ at: "2019-10-02 00:00:00 UTC", session: "b" }),
      row({ at: "2019-10-01 00:00:00 UTC", session: "a" }),
      row({ at: "2019-10-02 00:00:00 UTC", session: "c" }),
    ),
    "late.csv.gz": csv(row({ at: "2019-10-02 00:00:00 UTC", session: "e" })),
  }, async (folder) => {
    const { events, files } = await readEvents([`${folder}/2019-*.csv`, `${folder}/late.csv.gz`]);
    assertEquals(column(events, "user_session"), ["a", "b", "c", "e", "d"]);
    assertEquals(
      files.map((file) => file.slice(folder.length + 1)),
      ["2019-10.csv", "2019-11.csv", "late.csv.gz"],
    );
  }));

Deno.test("rows without a time come last", async () => {
  const events = await readRows(row({ at: "", session: "b" }), row({ session: "a" }));
  assertEquals(column(events, "user_session"), ["a", "b"]);
});

Deno.test("ids that are integers in one file and text in another are text", () =>
  withFiles({
    "a.csv": csv(row({ user: "7" })),
    "b.csv": csv(row({ user: "ann" })),
  }, async (folder) => {
    const { events } = await readEvents([`${folder}/*.csv`]);
    assertEquals(column(events, "user_id"), ["7", "ann"]);
    assertEquals(String(events.getColumn("product_id").dtype), "DataType(Int64)");
  }));

Deno.test("gzip with several members is read to its end", async () => {
  const [first, second] = await Promise.all(
    [csv(row({ session: "a" })), `${row({ session: "b" })}\n`].map((text) =>
      gzip(encoder.encode(text))
    ),
  );
  await withFiles({ "both.csv.gz": new Uint8Array([...first, ...second]) }, async (folder) => {
    const { events } = await readEvents([`${folder}/both.csv.gz`]);
    assertEquals(column(events, "user_session"), ["a", "b"]);
  });
});

Deno.test("Parquet may have text times, other time units, other integers and categories", () =>
  withFiles({}, async (folder) => {
    const written = pl.DataFrame({
      event_time: ["2019-10-01 00:00:00 UTC", "2019-10-01 00:00:01 UTC"],
      event_type: ["view", "cart"],
      product_id: [1, 2],
      price: ["1.5", "x"],
      user_id: ["ann", "bob"],
      extra: [1, 2],
    }).withColumns(
      pl.col("product_id").cast(pl.UInt16, true),
      pl.col("event_type").cast(pl.Categorical, true),
    );
    written.writeParquet(`${folder}/text.parquet`);
    written.withColumns(
      pl.lit(1569888002000).cast(pl.Int64, true).cast(pl.Datetime("ms"), true).alias("event_time"),
    ).writeParquet(`${folder}/milliseconds.parquet`);

    const { events } = await readEvents([`${folder}/text.parquet`, `${folder}/mill*.parquet`]);
    assertEquals(events.columns, [...RAW_COLUMNS]);
    assertEquals(column(events, "event_time"), [
      "2019-10-01 00:00:00",
      "2019-10-01 00:00:01",
      "2019-10-01 00:00:02",
      "2019-10-01 00:00:02",
    ]);
    assertEquals(column(events, "event_type"), ["view", "cart", "view", "cart"]);
    assertEquals(column(events, "product_id"), ["1", "2", "1", "2"]);
    assertEquals(column(events, "price"), ["1.5", null, "1.5", null]);
    assertEquals(column(events, "user_id"), ["ann", "bob", "ann", "bob"]);
  }));

Deno.test("--month keeps the events of that month in UTC and those without a time", () =>
  withFiles({
    "events.csv": csv(
      row({ at: "2019-09-30 23:59:59 UTC", session: "a" }),
      row({ at: "2019-10-01 00:00:00 UTC", session: "b" }),
      row({ at: "2019-10-31 23:59:59 UTC", session: "c" }),
      row({ at: "2019-11-01 00:00:00 UTC", session: "d" }),
      row({ at: "", session: "e" }),
    ),
  }, async (folder) => {
    const { events } = await readEvents([`${folder}/events.csv`], { month: "2019-10" });
    assertEquals(column(events, "user_session"), ["b", "c", "e"]);
  }));

Deno.test("a CSV file may have any name", () =>
  withFiles({ "events.txt": csv(row(), row({ brand: "unknown" })) }, async (folder) => {
    for (const name of ["events.txt", "events", "EVENTS.CSV", ".csv"]) {
      if (name !== "events.txt") await Deno.copyFile(`${folder}/events.txt`, `${folder}/${name}`);
      const { events } = await readEvents([`${folder}/${name}`]);
      assertEquals(column(events, "product_id"), ["5712790", "5712790"], name);
      assertEquals(column(events, "brand"), [null, null], name);
    }
  }));

Deno.test("progress rises to 1", () =>
  withFiles({ "a.csv": csv(row()), "b.csv": csv(row()) }, async (folder) => {
    const seen: number[] = [];
    await readEvents([`${folder}/*.csv`], { progress: (done) => seen.push(done) });
    assertEquals(seen, [...seen].sort((a, b) => a - b));
    assertEquals([seen.length > 1, seen.at(-1)], [true, 1]);
  }));

Deno.test("temporary files are removed", () =>
  withFiles({
    "good.csv.gz": csv(row(), row()),
    "odd.csv": csv(...Array.from({ length: 40 }, () => row()), "too,short"),
    "bad.csv.gz": "user_id\n1\n",
  }, async (folder) => {
    await Deno.mkdir(`${folder}/temporary`);
    const module = new URL("../../../src/events/read/read.ts", import.meta.url);
    const program = `import { readEvents } from "${module}";
      await readEvents(["good.csv.gz", "odd.csv"]);
      await readEvents(["bad.csv.gz"]).catch(({ name }) => console.log(name));`;
    await Deno.writeTextFile(`${folder}/read.ts`, program);
    // A process of its own: tests that run in parallel share one's environment.
    const config = new URL("../../../deno.json", import.meta.url).pathname;
    const run = ["run", "-A", "--config", config, "read.ts"];
    const env = { TMPDIR: `${folder}/temporary` };
    const { stdout } = await runCommand(Deno.execPath(), run, { cwd: folder, env });
    assertEquals(stdout, "InputError\n");
    assertEquals([...Deno.readDirSync(`${folder}/temporary`)], []);
  }));
