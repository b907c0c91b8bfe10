import { InputError } from "../../src/base/input_error.ts";
import { SECONDS_PER_DAY as DAY } from "../../src/base/time.ts";
import { prepareTraining, reweigh } from "../../src/interactions/training_data.ts";
import { assertEquals, assertThrows } from "../assert.ts";
import { interactionsOf } from "./made_by_hand.ts";

const data = interactionsOf([[0, 0, 4, 0], [0, 1, 2, 2 * DAY], [1, 0, 1, 4 * DAY]]);

Deno.test("an event of one half-life ago weighs half, of two a quarter", () => {
  assertEquals([...prepareTraining(data, { halfLifeDays: 2 }).weights], [1, 1, 1]);
});

Deno.test("events older than the window are forgotten, the last day is within it", () => {
  assertEquals([...prepareTraining(data, { windowDays: 3 }).items], [1, 0]);
  assertEquals([...prepareTraining(data, { windowDays: 1 }).items], [0]);
});

Deno.test("without options the data stay as they are", () => {
  assertEquals(prepareTraining(data), data);
});

Deno.test("views, carts and purchases take the weights they are given", () => {
  const weights = { view: 0.5, cart: 3, purchase: 10 };
  assertEquals([...reweigh(data, weights).weights], [10, 3, 0.5]);
});

Deno.test("weights and spans that make no sense are refused by name", () => {
  const refused = (run: () => unknown, message: string) => assertThrows(run, InputError, message);
  refused(() => prepareTraining(data, { halfLifeDays: 0 }), "halfLifeDays must be above 0, got 0");
  refused(() => prepareTraining(data, { windowDays: NaN }), "windowDays must be above 0, got NaN");
  refused(() => reweigh(data, { view: -1, cart: 2, purchase: 4 }), "of a view");
  refused(() => reweigh(data, { view: 1, cart: NaN, purchase: 4 }), "of a cart");
  refused(() => reweigh(data, { view: 1, cart: 4, purchase: 4 }), "got 1, 4 and 4");
});
