import { gainsText, populationText } from "../../src/evaluation/titles.ts";
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

Deno.test("what is weighted by price says how many products have none", () => {
  const start = (unpriced?: number) => gainsText({ ...population, unpriced }).split(". Unb")[0];
  assertEquals(
    start(0.123),
    "Price: a product counts as much as it costs; 12.3% of what users went on to has no known " +
      "price and is left out",
  );
  assertEquals(start(0), "Price: a product counts as much as it costs");
  assertEquals(start(1), "No price is known, so nothing is weighted by it");
  assertEquals(start(), start(1));
});
