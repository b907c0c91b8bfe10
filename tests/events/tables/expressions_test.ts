import pl from "nodejs-polars";
import { isoDate, SECONDS_PER_DAY } from "../../../src/base/time.ts";
import {
  collectRecords,
  epochDay,
  isType,
  monthIndex,
  monthName,
} from "../../../src/events/tables/expressions.ts";
import { assertEquals } from "../../assert.ts";
import { cleanedEvents } from "../cleaned_events.ts";

const events = cleanedEvents([
  { at: "2019-12-31 23:59:59", type: "view" },
  { at: "2020-01-01 00:00:00", type: "cart" },
]);

Deno.test("days and months change at midnight UTC", async () => {
  const rows = await collectRecords<{ day: number; month: number }>(
    events.select(epochDay().alias("day"), monthIndex().alias("month")),
  );
  assertEquals(rows.map(({ day }) => isoDate(SECONDS_PER_DAY * day)), ["2019-12-31", "2020-01-01"]);
  assertEquals(rows.map(({ month }) => monthName(month)), ["2019-12", "2020-01"]);
  assertEquals(rows[1].month - rows[0].month, 1);
});

Deno.test("days before 1970 have dates too", () => {
  assertEquals(isoDate(-SECONDS_PER_DAY), "1969-12-31");
});

Deno.test("isType selects events of one type", async () => {
  assertEquals(
    await collectRecords(events.filter(isType("cart")).select(pl.col("event_type"))),
    [{ event_type: "cart" }],
  );
});
