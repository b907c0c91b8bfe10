/** The forms in which shops have their events; each gives the same events. */
import { deflateRawSync, zstdCompressSync } from "node:zlib";
import pl from "nodejs-polars";
import { readEvents, type ReadOptions } from "../../../src/events/read/read.ts";
import { openEvents } from "../../../src/events/load.ts";
import { InputError } from "../../../src/base/input_error.ts";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "../../assert.ts";
import { column, csv, gzip, HEADER, row, withFiles } from "../raw_files.ts";

type Content = string | Uint8Array<ArrayBuffer>;

const ROWS = [
  row({ at: "2025-03-01 00:05:53 UTC", product: "11", brand: "cora", price: "14.77", user: "7" }),
  row({
    at: "2025-03-01 00:06:43 UTC",
    type: "cart",
    product: "12",
    price: "1051.6",
    user: "8",
    session: "s2",
  }),
];
const FIELDS = ROWS.map((row) => row.split(","));
const NAMES = HEADER.split(",");

/** All values of events as text. */
function shown(events: pl.DataFrame) {
  return Object.fromEntries(events.columns.map((name) => [name, column(events, name)]));
}

/** Reads one file. */
async function readFile(name: string, content: Content, options: ReadOptions = {}) {
  let read: Awaited<ReturnType<typeof readEvents>> | undefined;
  await withFiles({ [name]: content }, async (folder) => {
    read = await readEvents([`${folder}/${name}`], options);
  });
  return read!;
}

const expected = shown((await readFile("plain.csv", csv(...ROWS))).events);

/** A ZIP archive of files, with some more that archivers add. */
function zip(files: Readonly<Record<string, string>>, deflated = true): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const bytes = encoder.encode(text);
    const data = deflated ? deflateRawSync(bytes) : bytes;
    const local = new DataView(new ArrayBuffer(30));
    const central = new DataView(new ArrayBuffer(46));
    local.setUint32(0, 0x04034b50, true);
    central.setUint32(0, 0x02014b50, true);
    for (const [view, offset] of [[local, 0], [central, 2]] as const) {
      view.setUint16(8 + offset, deflated ? 8 : 0, true);
      view.setUint32(18 + offset, data.length, true);
      view.setUint32(22 + offset, bytes.length, true);
      view.setUint16(26 + offset, name.length, true);
    }
    central.setUint32(42, at, true);
    const part = [new Uint8Array(local.buffer), encoder.encode(name), data];
    parts.push(...part);
    directory.push(new Uint8Array(central.buffer), encoder.encode(name));
    at += part.reduce((sum, { length }) => sum + length, 0);
  }
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint32(12, directory.reduce((sum, { length }) => sum + length, 0), true);
  end.setUint32(16, at, true);
  const all = [...parts, ...directory, new Uint8Array(end.buffer)];
  return new Uint8Array(all.flatMap((part) => [...part]));
}

function utf16(text: string, littleEndian: boolean): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  [...text].forEach((c, i) => view.setUint16(2 * i, c.charCodeAt(0), littleEndian));
  return new Uint8Array(view.buffer);
}

const text = csv(...ROWS);
const bytes = new TextEncoder().encode(text);
const title = (name: string) =>
  name.replace(/(^|_)(.)/g, (_, gap, c) => (gap && " ") + c.toUpperCase());
const withPrices = (write: (price: string) => string) =>
  csv(...FIELDS.map((fields) => fields.with(6, `"${write(fields[6])}"`).join(",")));
const withTimes = (write: (ms: number) => string) =>
  csv(...FIELDS.map((fields) => {
    const ms = Date.parse(fields[0].replace(" UTC", "Z"));
    return fields.with(0, write(ms)).join(",");
  }));
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 19);
const json = FIELDS.map((fields) =>
  `{${
    fields.flatMap((field, i) =>
      field === ""
        ? []
        : [`"${NAMES[i]}": ${/^[\d.]+$/.test(field) ? field : JSON.stringify(field)}`]
    ).join(", ")
  }}`
).join("\n");

const FORMS: Readonly<Record<string, [name: string, content: Content]>> = {
  "semicolons": ["a.csv", text.replaceAll(",", ";")],
  "tabs": ["a.tsv", text.replaceAll(",", "\t")],
  "bars": ["a.csv", text.replaceAll(",", "|")],
  "a header in capitals": ["a.csv", text.replace(HEADER, HEADER.toUpperCase())],
  "a header with blanks": ["a.csv", text.replace(HEADER, NAMES.map(title).join(","))],
  "other names of columns": [
    "a.csv",
    text.replace(
      HEADER,
      HEADER.replace("user_session", "user_session_id").replace("brand", "Brand"),
    ),
  ],
  "decimal commas": ["a.csv", withPrices((price) => price.replace(".", ","))],
  "dollars": ["a.csv", withPrices((price) => `$${price}`)],
  "currency codes": ["a.csv", withPrices((price) => `${price} USD`)],
  "grouped thousands": ["a.csv", withPrices((price) => Number(price).toLocaleString("en-US"))],
  "decimal commas and grouped thousands": [
    "a.csv",
    withPrices((price) => Number(price).toLocaleString("de-DE", { minimumFractionDigits: 2 })),
  ],
  "seconds": ["a.csv", withTimes((ms) => String(ms / 1000))],
  "milliseconds": ["a.csv", withTimes(String)],
  "microseconds": ["a.csv", withTimes((ms) => String(1000 * ms))],
  "a zone": ["a.csv", withTimes((ms) => `${iso(ms + 3 * 3600_000)}+03:00`)],
  "trailing blanks": ["a.csv", withTimes((ms) => `${iso(ms)}Z  `)],
  "float ids": [
    "a.csv",
    csv(...FIELDS.map((f) => f.with(2, `${f[2]}.0`).with(7, `${f[7]}.0`).join(","))),
  ],
  "UTF-16": ["a.csv", utf16("\ufeff" + text, true)],
  "UTF-16, big end first": ["a.csv", utf16("\ufeff" + text, false)],
  "JSON lines": ["a.json", json],
  "zstd": ["a.csv.zst", new Uint8Array(zstdCompressSync(bytes))],
  "zipped": ["a.zip", zip({ "__MACOSX/._a.csv": "x", "a.csv": text })],
  "zipped without compression": ["a.zip", zip({ "a.csv": text }, false)],
  "gzipped JSON lines": ["a.json.gz", await gzip(new TextEncoder().encode(json))],
};

for (const [form, [name, content]] of Object.entries(FORMS)) {
  Deno.test(`the same events are read from a file with ${form}`, async () => {
    assertEquals(shown((await readFile(name, content)).events), expected);
  });
}

Deno.test("guesses are listed with the options that override them", async () => {
  const notes = async (...[name, content]: [string, Content]) =>
    (await readFile(name, content)).reading.notes;
  assertEquals(await notes(...FORMS.semicolons), [
    "layout REES46 (--columns overrides)",
    "fields separated by semicolons (--separator overrides)",
  ]);
  assertEquals(await notes(...FORMS["decimal commas"]), [
    "layout REES46 (--columns overrides)",
    "prices like 12,50 (--decimal overrides)",
  ]);
  assertEquals(await notes(...FORMS["other names of columns"]), [
    "columns user_session=user_session_id (--columns overrides)",
  ]);
});

Deno.test("a column that looks like one that lacks is named", async () => {
  const { reading } = await readFile("a.csv", text.replace("brand", "brand_label"));
  assertEquals(
    reading.notes[1],
    "column brand_label isn't read (--columns brand=brand_label reads it)",
  );
});

Deno.test("--columns, --separator and --decimal say what isn't recognised", async () => {
  const header = HEADER.replace("user_id", "customer_id").replace("event_time", "ts");
  const odd = text.replace(HEADER, header).replaceAll(",", "^").replaceAll(/(\d)\.(\d)/g, "$1,$2");
  const { events } = await readFile("a.csv", odd, {
    format: {
      columns: { user_id: "customer_id", event_time: "ts" },
      separator: "^",
      decimal: ",",
    },
  });
  assertEquals(shown(events), expected);
  const error = await assertRejects(
    () => readFile("a.csv", text, { format: { columns: { user_id: "customer_id" } } }),
    InputError,
  );
  assertStringIncludes(error.message, `it lacks "customer_id"`);
});

Deno.test("without users each session is one", async () => {
  const { events, reading } = await readFile(
    "a.csv",
    text.replace(",user_id", ",ignored"),
  );
  assertEquals(column(events, "user_id"), ["s1", "s2"]);
  assert(reading.notes.includes("no user ids: each session counts as a user"));
});

Deno.test("a missing or unreadable price costs the price, not the event", async () => {
  const prices = ["", "-", "?", "5", "6", "7"];
  const { events, reading } = await readFile(
    "a.csv",
    csv(...prices.map((price) => row({ price }))),
  );
  assertEquals(column(events, "price"), [null, null, null, "5.0", "6.0", "7.0"]);
  assertEquals(reading.unreadablePrices, 1);
  assertEquals(reading.notes.at(-1), "1 price can't be read: missing");
});

Deno.test("a column of prices that mostly can't be read is refused by name", async () => {
  const rows = ["cheap", "dear", "5"].map((price) => row({ price }));
  const { message } = await assertRejects(() => readFile("a.csv", csv(...rows)), InputError);
  assertStringIncludes(message, "most values of price aren't prices, 2 of 3");
});

Deno.test("titles may have quoted line breaks; lines are counted as in the file", async () => {
  const good = Array.from({ length: 60 }, (_, i) => `${row({ session: `g${i}` })},Cream`);
  const content = [
    `${HEADER},title`,
    `${row({ session: "a" })},"Cream, 50 ml\nnew ""formula""\n\n"`,
    "too,short",
    `${row({ session: "b" })},Soap`,
    `${row({ session: '"stray' })},Soap`,
    `${row({ session: "c" })},"Lamp"`,
    ...good,
  ].join("\n");
  const { events, rejects } = await readFile("a.csv", content);
  assertEquals(column(events, "user_session").slice(0, 3), ["a", "b", "c"]);
  assertEquals(column(events, "title").slice(0, 3), [
    'Cream, 50 ml\nnew "formula"\n\n',
    ...["Soap", "Lamp"],
  ]);
  assertEquals(rejects.map(({ line, reason }) => [line, reason]), [
    [6, "2 fields, not 10"],
    [8, "unclosed quote"],
  ]);
});

Deno.test("JSON lines: nested values have dotted names, bad lines are rejected", async () => {
  const event = (user: number, price: number) =>
    JSON.stringify({
      event: "Product Viewed",
      anonymousId: `a${user}`,
      userId: user % 2 ? user : null,
      timestamp: "2025-03-01T00:05:53.250Z",
      properties: { product_id: 9007199254740993n.toString(), brand: "cora", price },
    });
  const lines = Array.from({ length: 40 }, (_, i) => event(i, i + 0.5));
  const { events, rejects, reading } = await readFile(
    "a.json",
    lines.toSpliced(5, 0, "{broken", "").join("\n"),
  );
  assertEquals(reading.notes[0], "layout Segment (--columns overrides)");
  assertEquals(rejects.map(({ line, text }) => [line, text]), [[6, "{broken"]]);
  assertEquals(column(events, "user_id").slice(0, 4), ["a0", "1", "a2", "3"]);
  assertEquals(column(events, "product_id")[0], "9007199254740993");
  assertEquals(column(events, "price").slice(0, 2), ["0.5", "1.5"]);
  assertEquals(column(events, "event_time")[0], "2025-03-01 00:05:53.250");
});

Deno.test("a nested price in JSON is an error that names it", async () => {
  const line = json.split("\n")[0].replace("14.77", `{"amount": 14.77}`);
  const { message } = await assertRejects(() => readFile("a.json", line), InputError);
  assertStringIncludes(message, "price must be a plain value, it is an object with price.amount");
});

Deno.test("the items of a GA4 event are events of their own", async () => {
  const line = JSON.stringify({
    event_timestamp: "1740787553000000",
    event_name: "add_to_cart",
    user_pseudo_id: "u.1",
    event_params: [{
      key: "ga_session_id",
      value: { string_value: null, int_value: "1740787200" },
    }],
    items: [{ item_id: "A", price: 1.5 }, { item_id: "B", item_brand: "cora" }],
  });
  const { events } = await readFile("a.json", line);
  assertEquals(column(events, "product_id"), ["A", "B"]);
  assertEquals(column(events, "event_type"), ["cart", "cart"]);
  assertEquals(column(events, "brand"), [null, "cora"]);
  assertEquals(column(events, "user_session"), ["1740787200", "1740787200"]);
});

Deno.test("a ZIP archive must have one file, and be no spreadsheet", async () => {
  const errorOf = async (files: Record<string, string>) =>
    (await assertRejects(() => readFile("a.zip", zip(files)), InputError)).message;
  assertStringIncludes(
    await errorOf({ "a.csv": text, "b.csv": text }),
    "must have one file, this has 2",
  );
  assertStringIncludes(
    await errorOf({ "[Content_Types].xml": "", "a.xml": "" }),
    "it is a spreadsheet",
  );
});

Deno.test("folders in a path are columns, and a folder expands to the files in it", () =>
  withFiles({ "_SUCCESS": "" }, async (folder) => {
    const without = (name: string) => {
      const drop = NAMES.indexOf(name);
      return csv(...ROWS).split("\n").map((line) => line.split(",").toSpliced(drop, 1).join(","))
        .join("\n");
    };
    for (const type of ["view", "cart"]) {
      await Deno.mkdir(`${folder}/event_type=${type}`);
      const rows = without("event_type").split("\n");
      const line = type === "view" ? 1 : 2;
      await Deno.writeTextFile(
        `${folder}/event_type=${type}/part-0.csv`,
        [rows[0], rows[line], ""].join("\n"),
      );
    }
    const { events, files } = await readEvents([folder]);
    assertEquals(shown(events), expected);
    assertEquals(files.length, 2);
  }));

Deno.test("empty files among others are named, not refused", () =>
  withFiles({ "a.csv": csv(), "b.csv": "", "c.csv": text }, async (folder) => {
    pl.DataFrame({
      event_time: ["2019-10-01"],
      event_type: ["view"],
      product_id: [1],
      user_id: [1],
    })
      .head(0).writeParquet(`${folder}/d.parquet`);
    const { events, reading } = await readEvents([folder]);
    assertEquals(shown(events), expected);
    assertEquals(
      reading.notes.slice(1),
      ["a.csv", "b.csv", "d.parquet"].map((name) => `${name} has no events`),
    );
  }));

Deno.test("text times in Parquet have zones and halves of the day; bad ones are rejected", () =>
  withFiles({}, async (folder) => {
    const times = [
      ...["2025-03-01T00:05:53+03:00", "2025-03-01 00:05:53-05:00", "2025-03-01 12:05:53 AM"],
      ...Array(60).fill("2025-03-01 01:05:53 PM"),
      ...["2025-02-30 00:00:00", "2025-03-01 00:05:53 CET"],
    ];
    pl.DataFrame({
      event_time: times,
      event_type: times.map(() => "view"),
      product_id: times.map((_, i) => i),
      user_id: times.map(() => "ann"),
    }).writeParquet(`${folder}/a.parquet`);
    const { events, rejects } = await readEvents([`${folder}/a.parquet`]);
    assertEquals([...new Set(column(events, "event_time"))], [
      "2025-02-28 21:05:53",
      "2025-03-01 00:05:53",
      "2025-03-01 05:05:53",
      "2025-03-01 13:05:53",
    ]);
    const reason = "event_time isn't a time from 1970 to 2099 in a known form";
    assertEquals(rejects.map(({ line, reason, text }) => [line, reason, text]), [
      [64, reason, "2025-02-30 00:00:00,view,63.0,ann"],
      [65, reason, "2025-03-01 00:05:53 CET,view,64.0,ann"],
    ]);
  }));

Deno.test("a timestamp in Parquet that is out of range is rejected, not the file", () =>
  withFiles({}, async (folder) => {
    const seconds = [...Array(40).fill(1740787553), 7e9];
    pl.DataFrame({
      event_time: seconds.map((second) => new Date(1000 * second)),
      event_type: seconds.map(() => "view"),
      product_id: seconds.map(() => 1),
      user_id: seconds.map(() => 1),
    }).writeParquet(`${folder}/a.parquet`);
    const { events, rejects } = await readEvents([`${folder}/a.parquet`]);
    assertEquals([events.height, rejects.length, rejects[0].line], [40, 1, 41]);
  }));

Deno.test("events of nothing useful are an error that says why", () =>
  withFiles({ "a.csv": csv(row({ user: "NULL" }), row({ product: "" })) }, async (folder) => {
    await assertRejects(
      () => openEvents([`${folder}/a.csv`]),
      InputError,
      "nothing is left of 2 rows; removed: rows without time, product or user (2)",
    );
  }));
