import { SECONDS_PER_DAY as DAY } from "../../src/base/time.ts";
import { splitByTime } from "../../src/interactions/split.ts";
import { splitDays } from "../../src/interactions/split_days.ts";
import { assertEquals } from "../assert.ts";
import { interactionsOf } from "./made_by_hand.ts";

Deno.test("events are counted by part and day; a day that is cut is in both parts", () => {
  // Cuts at noon of the second day and at the end of the third.
  const interactions = interactionsOf([
    [0, 0, 1, 0],
    [0, 0, 1, DAY],
    [1, 0, 1, 1.5 * DAY - 1],
    [0, 1, 1, 1.5 * DAY],
    [0, 1, 1, 3 * DAY],
    [0, 1, 1, 4 * DAY - 1],
  ]);
  const split = splitByTime(interactions, { validationDays: 1.5, testDays: 1 });
  assertEquals(splitDays(split), [
    { date: "1970-01-01", part: "train", events: 1 },
    { date: "1970-01-02", part: "train", events: 2 },
    { date: "1970-01-02", part: "validation", events: 1 },
    { date: "1970-01-04", part: "test", events: 2 },
  ]);
});
