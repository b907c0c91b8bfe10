import { COUNTED_DAYS } from "../../src/histories/histories.ts";
import { ProductDays, ProductDaysMaker } from "../../src/histories/product_days.ts";
import { LONGEST_WINDOW } from "../../src/service/schema/lists.ts";
import { assert, assertEquals } from "../assert.ts";

const DAY = 86_400;
const coding = { weights: Float32Array.of(1, 4), first: 10 * DAY };

/** Product 0 viewed on days 10 and 200, twice; 2 bought on days 200 and 201; 1 never. */
function counted(latest: number): ProductDays {
  const maker = new ProductDaysMaker({ items: 3, weights: coding.weights, latest });
  const times = [10 * DAY, 200 * DAY, 200 * DAY + 5, 200 * DAY + 9, 201 * DAY];
  const events = {
    items: Uint32Array.of(0, 0, 0, 2, 2),
    weights: Float32Array.of(1, 1, 1, 4, 4),
    times: Uint32Array.from(times),
  };
  maker.add(events, { start: 0, end: 5 });
  return new ProductDays(maker.toTensors(coding.first), coding);
}

Deno.test("days that any window can reach are counted", () => {
  assert(COUNTED_DAYS >= LONGEST_WINDOW);
});

Deno.test("sums are by product from midnight on, of the last days alone", () => {
  const days = counted(201 * DAY);
  const to = 202 * DAY;
  assertEquals(days.sums({ from: 200 * DAY, to }, 3), Float32Array.of(2, 0, 8));
  assertEquals(days.sums({ from: 201 * DAY, to }, 3), Float32Array.of(0, 0, 4));
  assertEquals(days.sums({ from: 200 * DAY, to: 200 * DAY }, 3), new Float32Array(3));
  assertEquals(days.daysOf(0), [{ day: 200, weight: 1, count: 2 }]);
  assertEquals(days.daysOf(2), [
    { day: 200, weight: 4, count: 1 },
    { day: 201, weight: 4, count: 1 },
  ]);
});

Deno.test("events of the future aren't counted, but they may be a product's first", () => {
  const days = counted(200 * DAY + 5);
  assertEquals(days.sums({ from: 200 * DAY, to: 300 * DAY }, 3), Float32Array.of(2, 0, 0));
  const { ofItem, ofAll } = days.firstEvents;
  assertEquals([[...ofItem], ofAll], [[10 * DAY, Infinity, 200 * DAY + 9], 10 * DAY]);
  const none = counted(-Infinity);
  assertEquals(none.sums({ from: 0, to: 300 * DAY }, 3), new Float32Array(3));
});
