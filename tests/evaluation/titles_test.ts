import { populationText } from "../../src/evaluation/titles.ts";
import { assertEquals } from "../assert.ts";

const population = { measured: 1000, measurable: 2094, withoutHistory: 4359, withoutTruth: 21 };

Deno.test("who was measured is said for users and for sessions", () => {
  assertEquals(
    populationText(population, { protocol: "window", window: "test" }),
    "1,000 of 2,094 users with events before and in the test window; omitted: " +
      "4,359 without a history, 21 who did not return",
  );
  assertEquals(
    populationText(population, { protocol: "next-item", window: "validation" }),
    "1,000 of 2,094 sessions (users) of two events or more that end in the validation window; " +
      "omitted: 4,359 of a single event, 21 that ended before",
  );
});
