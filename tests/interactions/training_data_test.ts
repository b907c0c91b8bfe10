import { InputError } from "../../src/base/input_error.ts";
import { SECONDS_PER_DAY as DAY } from "../../src/base/time.ts";
import { prepareTraining, reweigh } from "../../src/interactions/training_data.ts";
import { assertEquals, assertThrows } from "../assert.ts";
import { interactionsOf } from "./made_by_hand.ts";

const data = interactionsOf([[0, 0, 4, 0], [0, 1, 2, 2 * DAY], [1, 0, 1, 4 * DAY]]);

Deno.test("an event's weight is halved after one half-life and quartered after two", () => {
  assertEquals([...prepareTraining(data, { halfLifeDays: 2 }).weights], [1, 1, 1]);
});

Deno.test("events older than the window are dropped; the last day is inside it", () => {
  assertEquals([...prepareTraining(data, { windowDays: 3 }).items], [1, 0]);
  assertEquals([...prepareTraining(data, { windowDays: 1 }).items], [0]);
});

Deno.test("half-life and window leave out all but two days of a pause", () => {
  const gap = interactionsOf([[0, 0, 4, 0], [0, 1, 4, DAY], [0, 2, 4, 400 * DAY]]);
  assertEquals([...prepareTraining(gap, { halfLifeDays: 1 }).weights], [0.5, 1, 4]);
  assertEquals([...prepareTraining(gap, { windowDays: 2.5 }).items], [1, 2]);
});

Deno.test("without options the data stays unchanged", () => {
  assertEquals(prepareTraining(data), data);
});

Deno.test("views, carts and purchases get the given weights", () => {
  const weights = { view: 0.5, cart: 3, purchase: 10 };
  assertEquals([...reweigh(data, weights).weights], [10, 3, 0.5]);
});

Deno.test("invalid weights and periods are rejected by name", () => {
  const assertRejected = (run: () => unknown, message: string) =>
    assertThrows(run, InputError, message);
  assertRejected(
    () => prepareTraining(data, { halfLifeDays: 0 }),
    "halfLifeDays must be above 0, got 0",
  );
  assertRejected(
    () => prepareTraining(data, { windowDays: NaN }),
    "windowDays must be above 0, got NaN",
  );
  assertRejected(() => reweigh(data, { view: -1, cart: 2, purchase: 4 }), "of a view");
  assertRejected(() => reweigh(data, { view: 1, cart: NaN, purchase: 4 }), "of a cart");
  assertRejected(() => reweigh(data, { view: 1, cart: 4, purchase: 4 }), "got 1, 4 and 4");
});
