import { eventTypeOf } from "../../src/interactions/event_weights.ts";
import { assertEquals } from "../assert.ts";

Deno.test("a weight's type is the one with the nearest weight, ties the weaker one", () => {
  assertEquals([0, 1, 1.5, 1.6, 2, 3, 3.1, 99].map((weight) => eventTypeOf(weight)), [
    ...["view", "view", "view", "cart", "cart", "cart", "purchase", "purchase"],
  ]);
});

Deno.test("types follow the shop's weights", () => {
  const weights = { view: 0.5, cart: 3, purchase: 10 };
  assertEquals([0.5, 3, 10].map((weight) => eventTypeOf(weight, weights)), [
    ...["view", "cart", "purchase"],
  ]);
});
