import { planSimulation } from "../../../src/simulate/parameters/options.ts";
import { CART, PURCHASE, Timeline, VIEW } from "../../../src/simulate/visits/timeline.ts";
import { assertEquals } from "../../assert.ts";

function timesAndProducts(timeline: Timeline, hour: number): [number, number][] {
  const { data, positions } = timeline.take(hour);
  return Array.from(positions, (at) => [data[at], data[at + 2]]);
}

Deno.test("rows are returned by the hour in order of time, ties in order of insertion", () => {
  const timeline = new Timeline(planSimulation({ days: 1 }));
  timeline.add(3599, VIEW, 1, 7, 0);
  timeline.add(3600, CART, 2, 7, 0);
  timeline.add(20, VIEW, 3, 8, 1);
  timeline.add(20, PURCHASE, 4, 8, 1);
  timeline.add(5, VIEW, 5, 9, 2);
  assertEquals(timeline.countIn(0), 4);
  assertEquals(timesAndProducts(timeline, 0), [[5, 5], [20, 3], [20, 4], [3599, 1]]);
  assertEquals(timesAndProducts(timeline, 1), [[3600, 2]]);
  assertEquals(timesAndProducts(timeline, 2), []);
});

Deno.test("rows after the end are dropped", () => {
  const timeline = new Timeline(planSimulation({ days: 1 }));
  timeline.add(24 * 3600 - 1, VIEW, 1, 7, 0);
  timeline.add(24 * 3600, VIEW, 2, 7, 0);
  assertEquals(timesAndProducts(timeline, 23), [[86_399, 1]]);
});

Deno.test("an hour holds any number of rows", () => {
  const timeline = new Timeline(planSimulation({ days: 1 }));
  for (let i = 0; i < 1000; i++) timeline.add(999 - i, VIEW, i, 7, 0);
  assertEquals(
    timesAndProducts(timeline, 0),
    Array.from({ length: 1000 }, (_, i): [number, number] => [i, 999 - i]),
  );
});
