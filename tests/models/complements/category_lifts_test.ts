/** Categories that go together, and those whose products are alternatives. */
import { assertAlmostEquals, assertEquals } from "../../assert.ts";
import { rowOf } from "../../../src/linalg/sparse/csr.ts";
import {
  ALTERNATIVES,
  categoryLifts,
  countCategoryPairs,
  unseenLift,
} from "../../../src/models/complements/category_lifts.ts";

/** Phones 0 and 1, cases 2 and 3, and 4 of unknown category. */
const CATEGORIES = Uint32Array.of(1, 1, 2, 2, 0);

function baskets(...products: readonly (readonly number[])[]) {
  return {
    indptr: Uint32Array.from(products.reduce((ends, { length }) => [
      ...ends,
      ends.at(-1)! + length,
    ], [0])),
    items: Uint32Array.from(products.flat()),
  };
}

Deno.test("each product of a basket shares a weight of one among the others", () => {
  // Phone: 1 of 2 others is a phone, 1 a case; so for the other one. Case: both others are phones.
  const { pairs, totals, sum } = countCategoryPairs(baskets([0, 1, 2]), CATEGORIES);
  assertEquals(rowOf(pairs, 1), { indices: Uint32Array.of(1, 2), values: Float32Array.of(1, 1) });
  assertEquals(rowOf(pairs, 2), { indices: Uint32Array.of(1), values: Float32Array.of(1) });
  assertEquals([[...totals], sum], [[0, 2, 1], 3]);
});

/** 40 baskets of a phone and a case; visits to 40 pairs of phones, and 10 of a phone and a case. */
const TOGETHER = countCategoryPairs(
  baskets(...Array.from({ length: 40 }, () => [0, 2])),
  CATEGORIES,
);
const VISITS = countCategoryPairs(
  baskets(
    ...Array.from({ length: 40 }, () => [0, 1]),
    ...Array.from({ length: 10 }, () => [0, 2]),
  ),
  CATEGORIES,
);

Deno.test("categories that are bought together have their lift, shrunk towards chance", () => {
  // 40 of 80 products are phones: 40 · 40 / 80 = 20 pairs are expected, there are 40.
  const { indices, values } = rowOf(categoryLifts(TOGETHER, VISITS), 1);
  assertEquals([...indices], [1, 2]);
  assertAlmostEquals(values[1], (40 + 10) / (20 + 10), 1e-6);
});

Deno.test("what is looked at together but not bought together are alternatives", () => {
  // Beside a phone in a visit, 80 of 90 are phones; beside one in a basket, none is.
  assertEquals(rowOf(categoryLifts(TOGETHER, VISITS), 1).values[0], ALTERNATIVES);
});

Deno.test("what is bought together as well as looked at together goes together", () => {
  // Beside a phone, 80 of 120 in baskets are phones: more than half of 80 of 90.
  const bought = countCategoryPairs(
    baskets(
      ...Array.from({ length: 40 }, () => [0, 1]),
      ...Array.from({ length: 40 }, () => [0, 2]),
    ),
    CATEGORIES,
  );
  // 80 pairs of phones, 120 · 120 / 160 = 90 expected.
  const { values } = rowOf(categoryLifts(bought, VISITS), 1);
  assertAlmostEquals(values[0], (80 + 10) / (90 + 10), 1e-6);
});

Deno.test("categories that visits have together far more than baskets are alternatives", () => {
  // Soap is bought with both, and the cases (2) are looked at beside phones (1) only.
  const categories = Uint32Array.of(1, 2, 3);
  const bought = countCategoryPairs(
    baskets(...Array.from({ length: 50 }, (_, i) => [i % 2, 2])),
    categories,
  );
  const viewed = countCategoryPairs(
    baskets(...Array.from({ length: 50 }, (_, i) => i < 40 ? [0, 1] : [i % 2, 2])),
    categories,
  );
  // Expected in visits: 45 · 45 / 100 = 20.25, there are 40; in baskets 6.25, there is none.
  assertEquals(rowOf(categoryLifts(bought, viewed), 1).values[0], ALTERNATIVES);
  assertAlmostEquals(
    rowOf(categoryLifts(bought, viewed), 1).values[1],
    (25 + 10) / (25 * 50 / 100 + 10),
    1e-6,
  );
});

Deno.test("products of unknown category are nobody's alternatives", () => {
  const unknown = new Uint32Array(5);
  const bought = countCategoryPairs(baskets([0, 2]), unknown);
  const viewed = countCategoryPairs(baskets([0, 1], [2, 3]), unknown);
  assertEquals([...rowOf(categoryLifts(bought, viewed), 0).values], [1]);
});

Deno.test("categories that are never together have less than chance", () => {
  // 40 · 40 / 80 = 20 pairs of phones are expected.
  assertAlmostEquals(unseenLift(TOGETHER, 1, 1), 10 / 30, 1e-9);
  assertEquals(unseenLift(TOGETHER, 0, 1), 1);
});
