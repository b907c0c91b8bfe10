import {
  isoDate,
  isoTime,
  minuteText,
  MS_PER_DAY,
  secondsSince,
  sleep,
} from "../../src/base/time.ts";
import { assert, assertEquals } from "../assert.ts";

Deno.test("times are written in UTC, to the millisecond, the minute or the day", () => {
  const time = Date.UTC(2019, 9, 1, 23, 59, 59) / 1000;
  assertEquals(isoTime(time), "2019-10-01T23:59:59.000Z");
  assertEquals(minuteText(time), "2019-10-01 23:59");
  assertEquals(isoDate(time), "2019-10-01");
  assertEquals(isoDate(-1), "1969-12-31");
});

Deno.test("a day has as many milliseconds as there are between two midnights", () => {
  assertEquals(MS_PER_DAY, Date.UTC(2019, 9, 2) - Date.UTC(2019, 9, 1));
});

Deno.test("sleeping takes as long as requested, within a timer's millisecond", async () => {
  const start = performance.now();
  await sleep(20);
  assert(secondsSince(start) >= 0.019);
});
