import pl from "nodejs-polars";
import { dataIssues, eventsPerUser } from "../../../src/analysis/tables/quality.ts";
import { RAW_COLUMNS } from "../../../src/events/tables/schema.ts";
import { assertEquals } from "../../assert.ts";
import { cleanedEvents, type HandMadeEvent } from "../../events/cleaned_events.ts";

/** Raw events: like the cleaned ones, with some values removed by row. */
function rawEvents(missing: Readonly<Record<string, readonly number[]>>): pl.DataFrame {
  const events = cleanedEvents(
    Array.from({ length: 4 }, (_, i) => ({
      at: `2019-10-01 10:00:0${i}`,
      type: "view",
      path: "a.b",
      brand: "runail",
    } as const)),
  ).collectSync();
  return events.withRowIndex("row")
    .withColumns(
      ...Object.entries(missing).map(([column, rows]) =>
        pl.when(pl.col("row").isIn([...rows])).then(pl.lit(null)).otherwise(pl.col(column)).alias(
          column,
        )
      ),
    )
    .select(...RAW_COLUMNS);
}

const rowsOf = async (raw: pl.DataFrame) =>
  Object.fromEntries((await dataIssues(raw)).map(({ issue, rows }) => [issue, rows]));

Deno.test("missing values are counted by column; time, product and user together", async () => {
  const raw = rawEvents({
    brand: [0, 1],
    category_code: [0, 1, 2],
    user_session: [3],
    price: [0],
    product_id: [1],
    user_id: [1, 2],
  });
  assertEquals(await rowsOf(raw), {
    "category path missing": 3,
    "brand missing": 2,
    "exact duplicate of an earlier row": 0,
    "price zero": 0,
    "session missing": 1,
    "price missing or negative": 1,
    "type of event unknown": 0,
    "time, product or user missing": 2,
  });
  assertEquals((await dataIssues(raw))[1].share, .5);
});

Deno.test("invalid prices, unknown types and duplicates are counted", async () => {
  const raw = rawEvents({});
  const price = pl.when(pl.col("user_id").eq(1)).then(pl.lit(-.5)).otherwise(pl.lit(0));
  const odd = raw.withColumns(price.alias("price"), pl.lit("wish").alias("event_type"));
  const free = raw.withColumns(pl.lit(0).cast(pl.Float64, true).alias("price"));
  const counts = await rowsOf(pl.concat([odd, free, free.head(3)]));
  assertEquals(counts["price missing or negative"], 4);
  assertEquals(counts["price zero"], 7);
  assertEquals(counts["type of event unknown"], 4);
  assertEquals(counts["exact duplicate of an earlier row"], 3);
});

Deno.test("a table without rows has no issues and no shares", async () => {
  const issues = await dataIssues(rawEvents({}).head(0));
  assertEquals(issues.every(({ rows, share }) => rows === 0 && Number.isNaN(share)), true);
});

Deno.test("the few most active users are in the last bins", async () => {
  const events = (user: number, count: number): HandMadeEvent[] =>
    Array.from({ length: count }, (_, i) => ({
      at: "2019-10-01 10:00:00",
      type: i === 0 ? "purchase" : "view",
      user,
    }));
  const bins = await eventsPerUser(
    cleanedEvents([...events(1, 1), ...events(2, 1), ...events(3, 4), ...events(4, 94)]),
  );
  assertEquals(bins.filter(({ users }) => users > 0), [
    { from: 1, to: 1, users: 2, userShare: .5, events: 2, eventShare: .02, purchases: 2 },
    { from: 2, to: 4, users: 1, userShare: .25, events: 4, eventShare: .04, purchases: 1 },
    { from: 50, to: 99, users: 1, userShare: .25, events: 94, eventShare: .94, purchases: 1 },
  ]);
});
