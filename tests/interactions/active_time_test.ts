import { SECONDS_PER_DAY as DAY } from "../../src/base/time.ts";
import { activeTimeOf } from "../../src/interactions/active_time.ts";
import { assertEquals } from "../assert.ts";

/** Events on days 10 and 11, 21 and 22, and 100: pauses of 10 and 78 days. */
const gaps = activeTimeOf({
  times: Uint32Array.from([100, 21, 11, 10, 22], (day) => day * DAY),
});

Deno.test("a pause counts two days at most", () => {
  assertEquals(gaps.between(10 * DAY, 11 * DAY), DAY);
  assertEquals(gaps.between(11 * DAY, 21 * DAY), 2 * DAY);
  assertEquals(gaps.between(10 * DAY, 100 * DAY), (1 + 2 + 1 + 2) * DAY);
});

Deno.test("times within a pause count up to its last two days", () => {
  assertEquals(gaps.between(10 * DAY, 15 * DAY), DAY);
  assertEquals(gaps.between(20 * DAY, 21 * DAY), DAY);
  assertEquals(gaps.between(15 * DAY, 22 * DAY), 3 * DAY);
});

Deno.test("going back over a pause takes two days of active time", () => {
  assertEquals(gaps.before(100 * DAY, DAY), 99 * DAY);
  assertEquals(gaps.before(100 * DAY, 2.5 * DAY), 21.5 * DAY);
  assertEquals(gaps.before(100 * DAY, 5.5 * DAY), 10.5 * DAY);
  assertEquals(gaps.before(100 * DAY, 8 * DAY), 8 * DAY);
});

Deno.test("going back is the inverse of the time between", () => {
  for (let days = 0.1; days < 6; days += 0.3) {
    const seconds = Math.round(days * DAY);
    const start = gaps.before(100 * DAY, seconds);
    assertEquals(gaps.between(start, 100 * DAY), seconds);
  }
});

Deno.test("without a pause of more than two days it is the time of the calendar", () => {
  const steady = activeTimeOf({ times: Uint32Array.from([0, 2, 4, 5], (day) => day * DAY) });
  assertEquals(steady.between(1, 5 * DAY), 5 * DAY - 1);
  assertEquals(steady.before(5 * DAY, 7 * DAY), -2 * DAY);
  assertEquals(activeTimeOf({ times: new Uint32Array() }).between(3, 10), 7);
});

Deno.test("a pause is found to the second, the day's other events notwithstanding", () => {
  const times = Uint32Array.of(0, DAY - 1, 3 * DAY, 3 * DAY + 5);
  assertEquals(activeTimeOf({ times }).between(DAY - 1, 3 * DAY), 2 * DAY);
  const steady = Uint32Array.of(0, DAY - 1, 3 * DAY - 1, 3 * DAY);
  assertEquals(activeTimeOf({ times: steady }).between(0, 3 * DAY), 3 * DAY);
});
