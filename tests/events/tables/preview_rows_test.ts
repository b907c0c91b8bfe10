import pl from "nodejs-polars";
import { previewRows } from "../../../src/events/tables/preview_rows.ts";
import { assertEquals } from "../../assert.ts";
import { cleanedEvents } from "../cleaned_events.ts";

Deno.test("ids keep all digits, times are in UTC, missing values are empty text", () => {
  const events = cleanedEvents([
    { at: "2019-10-31 23:59:50", type: "view", user: 7, price: 4.92 },
    { at: "2019-11-01 00:00:00", type: "cart" },
  ]).collectSync();
  const large = pl.lit("1487580006088477791").cast(pl.Int64, true).alias("category_id");
  const missing = pl.lit(null).cast(pl.Utf8, true).alias("brand");
  assertEquals(previewRows(events.withColumns(large, missing), { rows: 1 }), [{
    event_time: "2019-10-31 23:59:50",
    event_type: "view",
    product_id: "1",
    category_id: "1487580006088477791",
    category_code: "unknown",
    brand: "",
    price: "4.92",
    user_id: "7",
    user_session: "of 7",
    rating: "1.0",
    day_of_week: "4",
    hour: "23",
  }]);
  assertEquals(previewRows(events).length, 2);
  assertEquals(previewRows(events.head(0)), []);
});
