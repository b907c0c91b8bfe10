import { cartOf } from "../../../src/pages/shop/cart.ts";
import { assertEquals } from "../../assert.ts";

/** Events, newest first. */
function eventsOf(...events: readonly [string, "view" | "cart" | "purchase"][]) {
  return events.map(([productId, type]) => ({ productId, type, time: "2019-11-01T00:00:00Z" }));
}

Deno.test("the cart has what was put there since it was last bought, the latest first", () => {
  const events = eventsOf(
    ["3", "cart"],
    ["1", "view"],
    ["1", "cart"],
    ["2", "purchase"],
    ["1", "purchase"],
    ["2", "cart"],
    ["3", "cart"],
  );
  assertEquals(cartOf(events), ["3", "1"]);
  assertEquals(cartOf([]), []);
});
