/** The probabilities of what goes together, worked out by hand on the tiny shop's four baskets. */
import { assertAlmostEquals, assertEquals, assertThrows } from "../../assert.ts";
import { tinyComplements, tinyInteractions } from "../../artifact/tiny_shop.ts";
import { categoryNumbers } from "../../../src/models/completion/category_popularity.ts";
import { Complements } from "../../../src/models/complements/complements.ts";

const CATEGORIES = categoryNumbers(tinyInteractions().catalogue);

function scoresOf(items: readonly number[], table = tinyComplements()): Float32Array {
  const scores = new Float32Array(6);
  table.score(items.map((item) => ({ item, category: CATEGORIES[item] ?? 0 })), scores);
  return scores;
}

function assertScores(actual: Float32Array, expected: readonly number[]): void {
  assertEquals(actual.length, expected.length);
  expected.forEach((score, item) =>
    score === -Infinity
      ? assertEquals(actual[item], score)
      : assertAlmostEquals(actual[item], score, 1e-4)
  );
}

const NEVER = -Infinity;

Deno.test("a product scores its share of baskets, shrunk towards category and popularity", () => {
  // Of 9 products in baskets, 200 is 3: (2 together + 20 · lift 2 · 3/9) / (3 companions + 20).
  assertScores(scoresOf([0]), [
    NEVER,
    (2 + 20 * 2 * 3 / 9) / 23,
    (1 + 20 * 1 * 2 / 9) / 23,
    // Never together, but their categories are.
    (20 * 2 * 1 / 9) / 23,
    // Nobody bought 500, and there is no sixth product.
    NEVER,
    NEVER,
  ]);
});

Deno.test("alternatives are held back, though they were in one basket", () => {
  assertEquals(scoresOf([1])[3], NEVER);
  assertEquals(scoresOf([3])[1], NEVER);
});

Deno.test("a basket scores the mean of its products, and hides alternatives of any", () => {
  const [one, other, both] = [scoresOf([0]), scoresOf([1]), scoresOf([0, 1])];
  assertScores(both, [NEVER, NEVER, (one[2] + other[2]) / 2, NEVER, NEVER, NEVER]);
});

Deno.test("a product without baskets is judged by its category, an unknown one by nothing", () => {
  const table = tinyComplements();
  const scores = new Float32Array(5);
  table.score([{ item: 77, category: 4 }], scores);
  assertScores(scores, [2 * 3 / 9, NEVER, 2 / 9, NEVER, NEVER]);
  table.score([{ item: 77, category: 0 }], scores);
  assertScores(scores, [3 / 9, 3 / 9, 2 / 9, 1 / 9, NEVER]);
});

Deno.test("the evidence names baskets and lifts", () => {
  const [own, other] = tinyComplements().evidence([{ item: 0, category: 1 }, {
    item: 2,
    category: 5,
  }])(1);
  assertEquals([own.baskets, other.baskets], [2, 1]);
  // 0.6667 of what follows 100 is 200, which is a third of all.
  assertAlmostEquals(own.lift, (2 + 20 * 2 * 3 / 9) / 23 / (3 / 9), 1e-4);
  assertAlmostEquals(own.categoryLift, 2, 1e-4);
});

Deno.test("a saved table says the same", () => {
  const saved = Complements.fromTensors(tinyComplements().toTensors(), CATEGORIES);
  for (const basket of [[0], [1], [0, 2], [4]]) {
    assertEquals(scoresOf(basket, saved), scoresOf(basket));
  }
});

Deno.test("a table of another catalogue is refused", () => {
  const tensors = tinyComplements().toTensors();
  assertThrows(
    () => Complements.fromTensors(tensors, CATEGORIES.subarray(1)),
    RangeError,
    "pairs must hold 4 products, it holds 5",
  );
  assertThrows(
    () => Complements.fromTensors(tensors, Uint32Array.of(1, 2, 3, 4, 6)),
    RangeError,
    "lifts must hold 7 categories, it holds 6",
  );
  assertThrows(
    () => Complements.fromTensors({ ...tensors, baskets: tensors.lifts_bytes }, CATEGORIES),
    TypeError,
  );
});
