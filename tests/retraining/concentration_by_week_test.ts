import { WeeklyCounts } from "../../src/retraining/concentration_by_week.ts";
import { createRandom } from "../../src/linalg/random.ts";
import { assert, assertAlmostEquals, assertEquals } from "../assert.ts";

const at = (date: string) => Date.parse(date) / 1000;

function concentrationByWeek(events: readonly (readonly [product: number, time: number])[]) {
  const counts = new WeeklyCounts();
  for (const [product, time] of events) counts.add(product, time);
  return counts.concentration();
}

Deno.test("weeks begin on Monday, midnight UTC", () => {
  const weeks = concentrationByWeek([
    [1, at("2019-10-14T00:00:00Z")],
    [1, at("2019-10-13T23:59:59Z")],
    [2, at("2019-10-07T00:00:00Z")],
  ]);
  assertEquals(weeks.map(({ week, count }) => [week, count]), [
    ["2019-10-07", 2],
    ["2019-10-14", 1],
  ]);
});

Deno.test("the figures of a week are those worked out by hand", () => {
  // Product 0 is bought three times, product 1 once.
  const [week] = concentrationByWeek(
    [0, 0, 0, 1].map((product) => [product, at("2019-10-09")] as const),
  );
  assertEquals(week, {
    week: "2019-10-07",
    count: 4,
    products: 2,
    // 2 · (1·1 + 2·3) / (2 · 4) − 3/2
    gini: 0.25,
    // One product is at least 1%.
    top1: 0.75,
    // 3 of 6 pairs are of the same product.
    effective: 2,
  });
  assertEquals(concentrationByWeek([]), []);
});

Deno.test("effective products, unlike Gini, don't depend on how many are counted", () => {
  const random = createRandom(1);
  // Half of all purchases are of 10 products, half of 90: 1 / (10 · 0.05² + 90 · 0.0056²) = 36.
  const buy = () => random.next() < 0.5 ? random.integer(10) : 10 + random.integer(90);
  const weekOf = (count: number) =>
    concentrationByWeek(Array.from({ length: count }, () => [buy(), at("2019-10-09")] as const))[0];
  const [few, many] = [weekOf(1000), weekOf(100_000)];
  assertAlmostEquals(many.effective, 36, 1);
  assertAlmostEquals(few.effective, 36, 4);
  assert(Math.abs(few.gini - many.gini) > 0.02);
});
