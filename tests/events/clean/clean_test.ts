import { cleanEvents, type CleanOptions } from "../../../src/events/clean/clean.ts";
import { readEvents } from "../../../src/events/read/read.ts";
import { CLEAN_COLUMNS, OPTIONAL_NAMES } from "../../../src/events/tables/schema.ts";
import { createRandom } from "../../../src/linalg/random.ts";
import { assertEquals } from "../../assert.ts";
import { column, csv, HEADER, readRows, row, withFiles } from "../raw_files.ts";

/** Reads and cleans rows in the Kaggle form. */
async function cleaned(rows: readonly string[], options?: CleanOptions) {
  return cleanEvents({ events: await readRows(...rows) }, options);
}

/** The number of rows that each step removed. */
async function removed(rows: readonly string[], options?: CleanOptions) {
  const { report } = await cleaned(rows, options);
  return Object.fromEntries(report.steps.map(({ step, removed }) => [step, removed]));
}

Deno.test("good rows become typed columns with rating, day of week and hour", async () => {
  const { events } = await cleaned([
    row({ at: "2019-09-30 00:00:00 UTC", type: "view", brand: "runail" }),
    row({ at: "2019-10-01 23:59:59 UTC", type: "cart", path: "apparel.glove" }),
    row({ at: "2019-10-06 12:00:00 UTC", type: "purchase" }),
    row({ at: "2019-10-06 13:00:00 UTC", type: "remove_from_cart", product: "2" }),
  ]);
  assertEquals(
    events.columns,
    CLEAN_COLUMNS.filter((name) => !OPTIONAL_NAMES.includes(name)),
  );
  // 2019-09-30 was a Monday, 2019-10-06 a Sunday.
  assertEquals(column(events, "day_of_week"), ["1", "2", "7", "7"]);
  assertEquals(column(events, "hour"), ["0", "23", "12", "13"]);
  assertEquals(column(events, "rating"), ["1.0", "2.0", "4.0", "0.0"]);
  assertEquals(column(events, "brand"), ["runail", "unknown", "unknown", "unknown"]);
  assertEquals(column(events, "category_code"), ["unknown", "apparel.glove", "unknown", "unknown"]);
  assertEquals(
    ["rating", "day_of_week", "hour"].map((name) => String(events.getColumn(name).dtype)),
    ["DataType(Float32)", "DataType(UInt8)", "DataType(UInt8)"],
  );
});

Deno.test("each step removes its rows and counts them", async () => {
  const good = Array.from({ length: 50 }, (_, index) => row({ session: `good ${index}` }));
  const rows = [
    ...good,
    row(),
    row(),
    row({ session: "s2" }),
    row({ type: "wishlist" }),
    row({ type: "" }),
    row({ at: "" }),
    row({ product: "" }),
    row({ user: "" }),
    row({ price: "-0.01" }),
    row({ price: "" }),
    row({ price: "free", session: "s3" }),
    row({ price: "0.00" }),
  ];
  const { events, report } = await cleaned(rows);
  assertEquals(report.steps, [
    { step: "malformed rows", removed: 0, left: 62 },
    { step: "events ignored by --types", removed: 0, left: 62 },
    { step: "exact duplicates", removed: 1, left: 61 },
    { step: "unknown event types", removed: 2, left: 59 },
    { step: "rows without time, product or user", removed: 3, left: 56 },
    { step: "negative prices", removed: 1, left: 55 },
  ]);
  assertEquals([report.rowsIn, report.rowsOut, events.height], [62, 55, 55]);
  assertEquals([report.zeroPrices, report.missingPrices], [1, 2]);
  assertEquals([report.unknownBrands, report.unknownCategories], [55, 55]);
});

Deno.test("malformed rows count as read and as removed first", async () => {
  const events = await readRows(row());
  const { report } = cleanEvents({ events, rejects: [1, 2] });
  assertEquals(report.rowsIn, 3);
  assertEquals(report.steps[0], { step: "malformed rows", removed: 2, left: 1 });
});

Deno.test("of rows equal in every column, nulls included, the first is kept", async () => {
  const step = "exact duplicates";
  assertEquals((await removed([row(), row(), row()]))[step], 2);
  assertEquals((await removed([row({ session: "" }), row({ session: "" })]))[step], 1);
  assertEquals((await removed([row({ brand: "unknown" }), row({ brand: "" })]))[step], 1);
  for (
    const change of [
      { at: "2019-10-01 00:00:01 UTC" },
      { type: "cart" },
      { product: "1" },
      { category: "1" },
      { path: "a" },
      { brand: "a" },
      { price: "1" },
      { user: "1" },
      { session: "a" },
    ]
  ) {
    assertEquals((await removed([row(), row(change)]))[step], 0, JSON.stringify(change));
  }
});

Deno.test("a removal cancels the cart before it, whose rating becomes 0", async () => {
  const at = (second: number) => `2019-10-01 00:00:0${second} UTC`;
  const { events, report } = await cleaned([
    row({ at: at(0), type: "cart" }),
    row({ at: at(1), type: "cart" }),
    row({ at: at(2), type: "remove_from_cart" }),
    row({ at: at(3), type: "cart", product: "1" }),
    row({ at: at(4), type: "remove_from_cart", product: "1", session: "other" }),
    row({ at: at(5), type: "purchase" }),
  ]);
  assertEquals(column(events, "rating"), ["2.0", "0.0", "0.0", "2.0", "0.0", "4.0"]);
  assertEquals([report.removals, report.cartsCancelled], [2, 1]);
});

Deno.test("carts are matched in sessions that were derived, too", async () => {
  const { events } = await cleaned([
    row({ at: "2019-10-01 00:00:00 UTC", type: "cart", session: "" }),
    row({ at: "2019-10-01 00:05:00 UTC", type: "remove_from_cart", session: "" }),
    row({ at: "2019-10-01 01:00:00 UTC", type: "cart", session: "" }),
    row({ at: "2019-10-01 02:00:00 UTC", type: "remove_from_cart", session: "" }),
  ]);
  assertEquals(column(events, "rating"), ["0.0", "0.0", "2.0", "0.0"]);
});

Deno.test("dropped rows affect neither carts nor sessions", async () => {
  const { events, report } = await cleaned([
    row({ at: "2019-10-01 00:00:00 UTC", type: "cart", session: "" }),
    row({ at: "2019-10-01 00:20:00 UTC", type: "remove_from_cart", session: "", price: "-1" }),
    row({ at: "2019-10-01 00:40:00 UTC", session: "" }),
  ]);
  assertEquals(column(events, "rating"), ["2.0", "1.0"]);
  assertEquals(column(events, "user_session"), [
    "576802932-20191001T000000",
    "576802932-20191001T004000",
  ]);
  assertEquals(report.sessionsDerived, 2);
});

Deno.test("users with more valid events than allowed are excluded", async () => {
  const rows = [
    row({ user: "1", session: "a" }),
    row({ user: "1", session: "a" }),
    row({ user: "1", session: "b" }),
    row({ user: "2", session: "c" }),
    row({ user: "2", session: "d" }),
    row({ user: "2", session: "e" }),
  ];
  const { events, report } = await cleaned(rows, { maxEventsPerUser: 2 });
  assertEquals(column(events, "user_id"), ["1", "1"]);
  assertEquals(report.steps.at(-1), {
    step: "users with more than 2 events",
    removed: 3,
    left: 2,
  });
});

Deno.test("sampled users keep all their events; bots are excluded before sampling", async () => {
  const rows = ["1", "2", "3", "4"].flatMap((user) =>
    Array.from({ length: Number(user) }, (_, index) => row({ user, session: `${user}.${index}` }))
  );
  const { events, report } = await cleaned(rows, { maxEventsPerUser: 3, users: 2, seed: 4 });
  const users = column(events, "user_id").map(Number);
  assertEquals(new Set(users).size, 2);
  for (const user of users) assertEquals(users.filter((other) => other === user).length, user);
  assertEquals(report.steps.at(-1), {
    step: "users outside the sample of 2",
    removed: 6 - users.length,
    left: users.length,
  });
});

Deno.test("all rows may be dropped", async () => {
  const { events, report } = await cleaned([row({ price: "-1" })]);
  assertEquals([events.height, report.rowsOut, report.cartsCancelled], [0, 0, 0]);
  assertEquals(events.columns.at(-1), "hour");
});

Deno.test("titles are kept and count in comparing duplicates", () =>
  withFiles({
    "events.csv": `${HEADER},title\n${row()},Lamp\n${row()},\n${row()},Lamp\n`,
  }, async (folder) => {
    const { events, report } = cleanEvents(await readEvents([`${folder}/events.csv`]));
    assertEquals(
      events.columns,
      CLEAN_COLUMNS.filter((name) => name === "title" || !OPTIONAL_NAMES.includes(name)),
    );
    assertEquals(column(events, "title"), ["Lamp", null]);
    assertEquals(report.steps[2], { step: "exact duplicates", removed: 1, left: 2 });
  }));

/** Random rows with everything that cleaning handles: duplicates, gaps, removals, bad values. */
function randomRows(count: number): string[] {
  const random = createRandom(11);
  const one = (...values: string[]) => values[random.integer(values.length)];
  return Array.from({ length: count }, () =>
    row({
      at: `2019-10-0${1 + random.integer(2)} 0${random.integer(3)}:${one("00", "10", "45")}:00 UTC`,
      type: random.next() < 0.02
        ? "x"
        : one("view", "cart", "remove_from_cart", "cart", "remove_from_cart", "purchase"),
      product: one("1", "2", ""),
      price: one("1.5", "0.00", "-1", "x"),
      brand: one("", "unknown", "runail"),
      user: one("1", "2", "3"),
      session: one("", "a", "b"),
    }));
}

Deno.test("cleaning cleaned events, read back from Parquet, changes nothing", () =>
  withFiles({ "raw.csv": csv(...randomRows(2000)) }, async (folder) => {
    const first = cleanEvents(await readEvents([`${folder}/raw.csv`]));
    first.events.writeParquet(`${folder}/clean.parquet`);
    const second = cleanEvents(await readEvents([`${folder}/clean.parquet`]));
    assertEquals(second.events.dtypes.map(String), first.events.dtypes.map(String));
    for (const name of first.events.columns) {
      assertEquals(column(second.events, name), column(first.events, name), name);
    }
    assertEquals(second.report.steps.map(({ removed }) => removed), [0, 0, 0, 0, 0, 0]);
    assertEquals(
      { ...second.report, rowsIn: 0, steps: [], sessionsDerived: 0 },
      { ...first.report, rowsIn: 0, steps: [], sessionsDerived: 0 },
    );
  }));

Deno.test("a month of cleaned events keeps ratings cancelled by another month's removals", () =>
  withFiles({
    "raw.csv": csv(
      row({ at: "2019-10-31 23:59:00 UTC", type: "cart" }),
      row({ at: "2019-11-01 00:00:00 UTC", type: "remove_from_cart" }),
    ),
  }, async (folder) => {
    const { events } = cleanEvents(await readEvents([`${folder}/raw.csv`]));
    events.writeParquet(`${folder}/clean.parquet`);
    const october = await readEvents([`${folder}/clean.parquet`], { month: "2019-10" });
    assertEquals(column(cleanEvents(october).events, "rating"), ["0.0"]);
  }));

Deno.test("cleaned and raw files together are cleaned together", () =>
  withFiles({
    "new.csv": csv(row({ at: "2019-10-02 00:00:00 UTC", type: "remove_from_cart" })),
    "old.csv": csv(row({ at: "2019-10-01 00:00:00 UTC", type: "cart" })),
  }, async (folder) => {
    const { events } = cleanEvents(await readEvents([`${folder}/old.csv`]));
    events.writeParquet(`${folder}/old.parquet`);
    const both = cleanEvents(await readEvents([`${folder}/old.parquet`, `${folder}/new.csv`]));
    assertEquals(column(both.events, "rating"), ["0.0", "0.0"]);
    assertEquals(both.report.cartsCancelled, 1);
  }));
