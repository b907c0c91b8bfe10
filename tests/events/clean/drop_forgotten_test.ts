import { dropForgotten } from "../../../src/events/clean/drop_forgotten.ts";
import { assertEquals } from "../../assert.ts";
import { cleanedEvents } from "../cleaned_events.ts";

const events = cleanedEvents([
  { at: "2019-10-01 00:00:00", type: "view", user: 1, product: 10 },
  { at: "2019-10-01 00:00:01", type: "view", user: 2, product: 20 },
  { at: "2019-10-01 00:00:02", type: "view", user: 1, product: 11 },
]).collectSync();

function remainingProducts(forgotten: ReadonlyMap<string, number>): number[] {
  return dropForgotten(events, forgotten).getColumn("product_id").toArray().map(Number);
}

Deno.test("events from before a user was forgotten are dropped, others stay in order", () => {
  const second = Date.UTC(2019, 9, 1, 0, 0, 2);
  assertEquals(remainingProducts(new Map()), [10, 20, 11]);
  assertEquals(remainingProducts(new Map([["1", Date.UTC(2026, 0)]])), [20]);
  assertEquals(remainingProducts(new Map([["1", second], ["3", 1]])), [20, 11]);
});

Deno.test("the columns stay the same", () => {
  assertEquals(dropForgotten(events, new Map([["2", 1e15]])).columns, events.columns);
});
