import pl from "nodejs-polars";
import { Buffer } from "node:buffer";
import { assertEquals, assertRejects } from "../../assert.ts";
import { InputError } from "../../../src/base/input_error.ts";
import { TooManyRejects } from "../../../src/events/read/files/rejects.ts";
import { openOnSpark } from "../../../src/spark/clean/open_on_spark.ts";
import { csv, HEADER, row, withFiles } from "../../events/raw_files.ts";
import { simulatedText } from "../../simulate/simulated_events.ts";
import { withFolder } from "../../temp_folder.ts";
import { assertSame, assertSameOf, type Files } from "./both_engines.ts";
import { master, needsSail, needsServer } from "../spark_server.ts";

const SHOP = simulatedText({ events: 3000, days: 5, seed: 3 });
const LINES = SHOP.trimEnd().split("\n");

/** The simulated file with a field of each row changed. */
function changed(column: string, change: (value: string, row: number) => string): string {
  const at = LINES[0].split(",").indexOf(column);
  return LINES.map((line, row) => {
    if (row === 0) return line;
    const fields = line.split(",");
    fields[at] = change(fields[at], row);
    return fields.join(",");
  }).join("\n");
}

/** The simulated events as JSON lines, prices as numbers and ids of 18 digits. */
const JSON_LINES = pl.readCSV(Buffer.from(SHOP), { inferSchemaLength: 0 }).toRecords()
  .map(({ user_id, price, ...row }) =>
    JSON.stringify({
      ...row,
      user_id: `9${String(user_id).padStart(17, "0")}`,
      price: Number(price),
    })
      .replace(/"user_id":"(\d+)"/, '"user_id":$1')
  );

const replaced = (header: string) => [header, ...LINES.slice(1)].join("\n");

const seconds = (time: string) => Date.parse(time.replace(" UTC", "Z").replace(" ", "T")) / 1000;

/** A simulated shop in the forms that shops have. */
const FORMS: Readonly<Record<string, Files>> = {
  "a simulated shop": { "e.csv": SHOP },
  "two files, one compressed": {
    "a.csv.gz": LINES.slice(0, 2000).join("\n"),
    "b.csv": [LINES[0], ...LINES.slice(1500)].join("\n"),
  },
  "line ends of Windows": { "e.csv": LINES.join("\r\n") + "\r\n" },
  "a mark of the byte order": { "e.csv": `\ufeff${SHOP}` },
  "semicolons": { "e.csv": SHOP.replaceAll(",", ";") },
  "tabs": { "e.tsv": SHOP.replaceAll(",", "\t") },
  "JSON lines": { "e.ndjson": JSON_LINES.join("\n") },
  "nested JSON, a column that comes late, and lines that aren't objects": {
    "e.json": JSON_LINES.map((line, row) => {
      if (row % 200 === 99) return ["[1]", '{"event_time":', "", "  "][(row / 200 | 0) % 4];
      const { brand, price, user_session, ...rest } = JSON.parse(line);
      const late = row < 1500 ? {} : { user_session };
      return JSON.stringify({ ...rest, ...late, shop: { brand, price: row % 5 ? price : null } });
    }).join("\r\n"),
  },
  "JSON lines with two objects or more text, and values that look like JSON": {
    "e.json": JSON_LINES.map((line, row) => {
      if (row % 100 === 99) return `${line}${["more", line, ` ${line}`][row % 3]}`;
      return JSON.stringify({ ...JSON.parse(line), user_id: `u${row % 50}`, brand: '} {"[{' });
    }).join("\n"),
  },
  "a header in capitals": { "e.csv": replaced(LINES[0].toUpperCase()) },
  "other names of events": {
    "e.csv": changed("event_type", (type, row) => {
      if (row % 97 === 0) return "page_ping";
      return { view: "view_item", cart: "add_to_cart" }[type] ?? type;
    }),
  },
  "ids as decimal numbers": { "e.csv": changed("user_id", (id) => `${id}.0`) },
  "one file with plain ids, one with decimal ones": {
    "a.csv": SHOP,
    "b.csv": changed("user_id", (id) => `${id}.0`),
  },
  "ids of text in one of two files": {
    "a.csv": SHOP,
    "b.csv": changed("product_id", (id) => `p${id}`),
  },
  "words for missing values": {
    "e.csv": changed("user_id", (id, row) => row % 7 === 0 ? "NULL" : id),
    "f.csv": changed("brand", (brand, row) => row % 3 === 0 ? "nan" : brand),
  },
  "prices with a decimal comma": {
    "e.csv": SHOP.replaceAll(",", ";").replaceAll(/;(\d+)\.(\d\d);/g, ";$1,$2;"),
  },
  "prices with a currency": {
    "e.csv": changed("price", (price, row) => row % 50 === 0 ? "free" : `$${price}`),
  },
  "seconds since 1970": { "e.csv": changed("event_time", (time) => String(seconds(time))) },
  "milliseconds since 1970": {
    "e.csv": changed("event_time", (time) => `${seconds(time)}123`),
  },
  "times with zones": {
    "e.csv": changed("event_time", (time) => time.replace(" UTC", "+03:00").replace(" ", "T")),
  },
  "dates only, so that all times are ties": {
    "e.csv": changed("event_time", (time) => time.slice(0, 10)),
  },
  "no sessions": {
    "e.csv": changed("user_session", (session, row) => row % 3 === 0 ? session : ""),
  },
  "sessions that users share": { "e.csv": changed("user_session", (_, row) => String(row % 5)) },
  "sessions without users": { "e.csv": replaced(LINES[0].replace("user_id", "ignored_id")) },
  "events in the future and long ago": {
    "e.csv": changed("event_time", (time, row) => {
      if (row === 9) return "2098-01-01 00:00:00 UTC";
      return row === 99 ? "1998-01-01 00:00:00 UTC" : time;
    }),
  },
  "a shop's layout without a column for types": {
    "e.csv": [
      "USER_ID,ITEM_ID,TIMESTAMP",
      ...Array.from({ length: 300 }, (_, i) => `${i % 20},${i % 7},${1569888000 + 100 * i}`),
    ].join("\n"),
  },
  "ratings without a header": {
    "e.csv": Array.from({ length: 300 }, (_, i) => `${i % 20},${i % 7},4.5,${1569888000 + i}`)
      .join("\n"),
  },
};

/** The forms that differ in what Spark has to do. */
const ON_SPARK = [
  "JSON lines",
  "two files, one compressed",
  "prices with a currency",
  "no sessions",
];

for (const [name, files] of Object.entries(FORMS)) {
  const needed = ON_SPARK.includes(name) ? needsServer : needsSail;
  Deno.test(`both engines clean alike: ${name}`, needed, async () => {
    await assertSame(files);
  });
}

/** The forms in which order, sessions and users matter. */
const IN_PARTS = [
  ...["a simulated shop", "dates only, so that all times are ties", "no sessions"],
  ...["words for missing values", "two files, one compressed"],
];

for (const name of IN_PARTS) {
  const needed = name === "a simulated shop" ? needsServer : needsSail;
  Deno.test(`what comes in many queries is the same: ${name}`, needed, async () => {
    await assertSame(FORMS[name], { rowsAtOnce: 700 });
  });
  Deno.test(`so it is with some users: ${name}`, needsSail, async () => {
    await assertSame(FORMS[name], { rowsAtOnce: 700, maxEventsPerUser: 40, users: 20 });
  });
}

Deno.test("a month of several comes in as many queries as it needs", needsSail, async () => {
  const months = changed(
    "event_time",
    (time, row) => row % 4 ? time : time.replace("-10-", "-11-"),
  );
  await assertSame({ "e.csv": months }, { rowsAtOnce: 700, month: "2019-11" });
});

Deno.test(
  "both engines cancel the same carts, and keep the order of ties",
  needsServer,
  async () => {
    const at = "2019-10-01 00:00:00 UTC";
    const steps = ["cart", "cart", "remove_from_cart", "cart", "remove_from_cart"];
    const more = [...steps, "remove_from_cart", "remove_from_cart", "cart", "view"];
    const rows = ["1", "2"].flatMap((user) =>
      ["7", "8"].flatMap((product) =>
        more.map((type, i) => row({ at, type, user, product, price: String(i) }))
      )
    );
    const { rows: kept } = await assertSame({ "e.csv": csv(...rows, rows[0], rows[1]) });
    assertEquals(kept, rows.length);
  },
);

Deno.test("both engines reject the same lines for the same reasons", needsServer, async () => {
  const good = Array.from({ length: 200 }, (_, i) => row({ user: String(i), brand: '"a, b"' }));
  const bad = [
    ...["short", `${row()},more`, row({ at: "yesterday" }), row({ brand: 'a"b' })],
    ...[row({ brand: '"a"b' }), "", HEADER],
  ];
  const lines = good.flatMap((line, i) => i % 30 === 0 ? [line, bad[i / 30] ?? line] : [line]);
  const { rejects } = await assertSame({ "e.csv": csv(...lines), "f.csv": csv(...lines) });
  assertEquals(rejects, 2 * 6);
});

Deno.test("both engines refuse files with too many malformed lines", needsSail, async () => {
  await withFiles({ "e.csv": csv(row(), "short") }, async (folder) => {
    const { message } = await assertRejects(
      () => openOnSpark([`${folder}/e.csv`], { master: master! }),
      TooManyRejects,
    );
    const [, rest] = message.split(":");
    assertEquals(rest, " at most 5% of the rows may be malformed, 1 of 2 are (50.0%)");
  });
});

Deno.test("both engines exclude the same users and sample the same ones", needsServer, async () => {
  const users = { maxEventsPerUser: 30, users: 50, seed: 7 };
  await assertSame({ "e.csv": SHOP }, users);
});

Deno.test("both engines keep all users of a small shop", needsSail, async () => {
  await assertSame({ "e.csv": SHOP }, { users: 100_000 });
});

Deno.test("both engines keep one month, and forget the same users", needsServer, async () => {
  const users = LINES.slice(1, 4).map((line) =>
    line.split(",")[LINES[0].split(",").indexOf("user_id")]
  );
  const forgotten = new Map(users.map((user, i) => [user, Date.UTC(2019, 9, 3 + 20 * i)]));
  const month = new Date(1000 * seconds(LINES[1].split(",")[0])).toISOString().slice(0, 7);
  await assertSame({ "e.csv": SHOP }, { month, forgotten });
});

Deno.test("both engines take --types and --columns alike", needsSail, async () => {
  const format = {
    columns: { user_id: "customer" },
    types: { view: "", cart: "purchase" },
  } as const;
  await assertSame({ "e.csv": replaced(LINES[0].replace("user_id", "customer")) }, { format });
});

Deno.test(
  "both engines clean Parquet alike, and cleaned events once more",
  needsServer,
  async () => {
    await withFolder(async (folder) => {
      const text = pl.readCSV(Buffer.from(SHOP), { inferSchemaLength: 0 });
      const typed = text.withColumns(
        pl.col("event_time").str.replace(" UTC", "").str.strptime(
          pl.Datetime,
          "%Y-%m-%d %H:%M:%S",
        ).alias("event_time"),
        pl.col("user_id").cast(pl.Float64, true),
        pl.col("product_id").cast(pl.Int64, true),
        pl.col("price").cast(pl.Float64, true),
      );
      text.writeParquet(`${folder}/text.parquet`);
      typed.writeParquet(`${folder}/typed.parquet`);
      await assertSameOf([`${folder}/text.parquet`]);
      await Deno.mkdir(`${folder}/shop/day=2019-10-01`, { recursive: true });
      typed.writeParquet(`${folder}/shop/day=2019-10-01/part-0.parquet`);
      await Deno.writeTextFile(`${folder}/shop/_SUCCESS`, "");
      await assertSameOf([`${folder}/shop`]);

      await using opened = await openOnSpark([`${folder}/typed.parquet`], { master: master! });
      await pl.concat([...opened.pieces]).sinkParquet(`${folder}/cleaned.parquet`).collect();
      await assertSameOf([`${folder}/cleaned.parquet`]);
    });
  },
);

Deno.test("what Spark can't read is refused with what to do", needsServer, async () => {
  const cases: [Files, string][] = [
    [{ "e.json": `${JSON_LINES[1]}\n{"items":[{"item_id":"7"}]}` }, "items is a list of objects"],
    [{ "e.csv": csv(row({ brand: '"two' }), 'lines"') }, "quoted fields must end in their line"],
    [{ "e.zip": "PK" }, "Spark can't read .zip"],
    [{ "e.csv": "a,b\n1,2\n" }, "events need the columns"],
    [{ "e.csv": HEADER }, "it has no events"],
    [{ "e.csv": csv(row(), row({ brand: "\ufffd" })) }, "it isn't UTF-8"],
  ];
  for (const [files, message] of cases) {
    await withFiles(files, async (folder) => {
      const [name] = Object.keys(files);
      await assertRejects(
        () => openOnSpark([`${folder}/${name}`], { master: master! }),
        InputError,
        message,
      );
    });
  }
  await assertRejects(
    () => openOnSpark(["/no/such/*.csv"], { master: master! }),
    InputError,
    "Cannot ",
  );
});
