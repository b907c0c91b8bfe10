import { withoutForgotten } from "../../../src/events/clean/without_forgotten.ts";
import { assertEquals } from "../../assert.ts";
import { cleanedEvents } from "../cleaned_events.ts";

const events = cleanedEvents([
  { at: "2019-10-01 00:00:00", type: "view", user: 1, product: 10 },
  { at: "2019-10-01 00:00:01", type: "view", user: 2, product: 20 },
  { at: "2019-10-01 00:00:02", type: "view", user: 1, product: 11 },
]).collectSync();

function productsLeft(forgotten: ReadonlyMap<string, number>): number[] {
  return withoutForgotten(events, forgotten).getColumn("product_id").toArray().map(Number);
}

Deno.test("what somebody did before he was forgotten is left out, the rest stays in order", () => {
  assertEquals(productsLeft(new Map()), [10, 20, 11]);
  assertEquals(productsLeft(new Map([["1", Date.UTC(2026, 0)]])), [20]);
  assertEquals(productsLeft(new Map([["1", Date.UTC(2019, 9, 1, 0, 0, 2)], ["3", 1]])), [20, 11]);
});

Deno.test("the columns stay as they were", () => {
  assertEquals(withoutForgotten(events, new Map([["2", 1e15]])).columns, events.columns);
});
