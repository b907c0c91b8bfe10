import { MS_PER_DAY } from "../../../src/base/time.ts";
import { historyCsv } from "../../../src/simulate/live/history_csv.ts";
import { inventWorld } from "../../../src/simulate/live/world.ts";
import { assert, assertEquals } from "../../assert.ts";

const world = inventWorld({ shoppers: 300, products: 100, seed: 2 });
const end = Date.UTC(2019, 9, 29);
const csv = historyCsv(world, { days: 28, end });

Deno.test("history is the events of the days before its end, in chronological order", () => {
  const [header, ...rows] = csv.trim().split("\n");
  assertEquals(header, "event_time,event_type,product_id,category_code,price,user_id");
  const times = rows.map((row) => Date.parse(row.split(",")[0]));
  assertEquals(times, times.toSorted((a, b) => a - b));
  assert(times[0] >= end - 28 * MS_PER_DAY && times.at(-1)! < end);
  assert(rows.length > 1000, `${rows.length} events`);
  assertEquals(historyCsv(world, { days: 28, end }), csv);
});

Deno.test("most of what shoppers view is of their niches", () => {
  const views = csv.split("\n").filter((row) => row.includes(",view,")).map((row) =>
    row.split(",")
  );
  const byUser = new Map(world.shoppers.map((shopper) => [shopper.id, shopper]));
  const own = views.filter(([, , productId, , , userId]) =>
    byUser.get(userId)!.niches.includes(world.byId.get(productId)!.niche)
  );
  assert(own.length / views.length > 0.8, `${own.length} of ${views.length}`);
});
