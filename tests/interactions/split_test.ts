import { InputError } from "../../src/base/input_error.ts";
import { SECONDS_PER_DAY as DAY } from "../../src/base/time.ts";
import { historyOf } from "../../src/interactions/interactions.ts";
import { splitByTime, summarizeSplit, timeSpan } from "../../src/interactions/split.ts";
import { assertEquals, assertThrows } from "../assert.ts";
import { interactionsOf } from "./made_by_hand.ts";

/**
 * Ten days with events at noon, except on the first and the last; all of user 0 but the last two.
 */
const tenDays = interactionsOf([
  [0, 0, 1, 0],
  ...[1, 2, 3, 4, 5, 6, 7].map((day) => [0, day % 3, 1, day * DAY + DAY / 2] as const),
  [1, 0, 1, 8 * DAY + DAY / 2],
  [2, 2, 4, 10 * DAY - 1],
]);

Deno.test("windows are cut backwards from the last event, at the same times for all users", () => {
  const split = splitByTime(tenDays, { validationDays: 2, testDays: 2 });
  assertEquals(split.testStart, 8 * DAY);
  assertEquals(split.validationStart, 6 * DAY);
  assertEquals(split.train.times.length, 6);
  assertEquals([...split.validation.times], [6.5 * DAY, 7.5 * DAY]);
  assertEquals(split.test.items.length, 2);
  assertEquals(split.trainAndValidation.items.length, 8);
});

Deno.test("an event in the first second of a window belongs to it", () => {
  const data = interactionsOf([[0, 0, 1, 0], [0, 1, 1, 99], [0, 2, 1, 100], [0, 3, 1, 199]]);
  const { train, test } = splitByTime(data, { validationDays: 0, testDays: 100 / DAY });
  assertEquals([...train.times], [0, 99]);
  assertEquals([...test.times], [100, 199]);
});

Deno.test("of five weeks and more, a week each is held out", () => {
  const everyOtherDay = Array.from({ length: 51 }, (_, i) => [0, 0, 1, 2 * i * DAY] as const);
  const split = splitByTime(interactionsOf(everyOtherDay));
  assertEquals(split.testStart, 93 * DAY + 1);
  assertEquals(split.validationStart, 86 * DAY + 1);
});

Deno.test("a pause in the data counts two days, so no window is empty after it", () => {
  // Days 0 to 39 and, after a pause of 60 days, day 99: 39 + 2 days of active time.
  const days = [...Array(40).keys(), 99];
  const split = splitByTime(interactionsOf(days.map((day) => [0, 0, 1, day * DAY])));
  const daysOf = (part: "validation" | "test") =>
    Array.from(split[part].times, (time) => time / DAY);
  // The test window has one second of day 99, two days of the pause and the days before.
  assertEquals(daysOf("test"), [35, 36, 37, 38, 39, 99]);
  assertEquals(daysOf("validation"), [28, 29, 30, 31, 32, 33, 34]);
});

Deno.test("five weeks are counted without the pauses", () => {
  // Ten events within three days, two of them after a pause: a fifth of the events are two.
  const days = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 100, 100.1];
  const { train, validation, test } = splitByTime(
    interactionsOf(days.map((day, i) => [0, i, 1, Math.round(day * DAY)])),
  );
  assertEquals([...train.items], [0, 1, 2, 3, 4, 5]);
  assertEquals([...validation.items], [6, 7]);
  assertEquals([...test.items], [8, 9]);
});

Deno.test("of less, a fifth of the events each is held out, however they are distributed", () => {
  // Ten events, eight of them in the last ten seconds of an hour.
  const seconds = [0, 100, ...[0, 1, 2, 3, 4, 5, 6, 9].map((second) => 3590 + second)];
  const { train, validation, test } = splitByTime(
    interactionsOf(seconds.map((second, i) => [0, i, 1, second])),
  );
  assertEquals([...train.items], [0, 1, 2, 3, 4, 5]);
  assertEquals([...validation.items], [6, 7]);
  assertEquals([...test.items], [8, 9]);
});

Deno.test("users and items keep their numbers in all parts", () => {
  const { train, validation, test } = splitByTime(tenDays, { validationDays: 2, testDays: 2 });
  for (const part of [train, validation, test]) {
    assertEquals(part.userIds, tenDays.userIds);
    assertEquals(part.itemIds, tenDays.itemIds);
  }
  assertEquals([...historyOf(test, 2).items], [2]);
  assertEquals(historyOf(train, 2).items.length, 0);
});

Deno.test("the summary counts users, new users, pairs and repeats", () => {
  const summary = summarizeSplit(splitByTime(tenDays, { validationDays: 2, testDays: 2 }));
  assertEquals(summary, [
    { part: "train", events: 6, users: 1, newUsers: 1, pairs: 3, repeatPairs: 0 },
    { part: "validation", events: 2, users: 1, newUsers: 0, pairs: 2, repeatPairs: 2 },
    { part: "test", events: 2, users: 2, newUsers: 2, pairs: 2, repeatPairs: 0 },
  ]);
});

Deno.test("events of a single second are all training data", () => {
  const split = splitByTime(interactionsOf([[0, 0, 1, 50], [1, 0, 2, 50]]));
  assertEquals(split.train.items.length, 2);
  assertEquals([split.validation.items.length, split.test.items.length], [0, 0]);
});

Deno.test("no events give empty parts", () => {
  const split = splitByTime(interactionsOf([], { users: 1, items: 1 }));
  assertEquals(summarizeSplit(split).map(({ events }) => events), [0, 0, 0]);
  assertEquals(timeSpan(split.train), { first: 0, last: 0 });
});

Deno.test("windows that leave nothing to train on are rejected", () => {
  assertThrows(
    () => splitByTime(tenDays, { validationDays: 5, testDays: 5 }),
    InputError,
    "leave nothing to train on, since the events start at 1970-01-01T00:00:00.000Z",
  );
  assertThrows(() => splitByTime(tenDays, { testDays: -1 }), InputError, "0 days or more");
});
