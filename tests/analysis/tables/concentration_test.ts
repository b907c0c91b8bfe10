import { concentration } from "../../../src/analysis/tables/concentration.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";
import { productTable } from "./product_table.ts";

const views = (counts: number[]) => productTable({ views: counts });

Deno.test("the Gini coefficient matches its closed forms", () => {
  assertAlmostEquals(concentration(views([5, 5, 5, 5])).gini, 0, 1e-12);
  // One of n has all: (n - 1) / n.
  assertAlmostEquals(concentration(views([0, 0, 9, 0, 0])).gini, 4 / 5, 1e-12);
  // 1 to n: (n - 1) / 3n.
  const n = 100;
  const counts = Array.from({ length: n }, (_, i) => i + 1);
  assertAlmostEquals(concentration(views(counts)).gini, (n - 1) / (3 * n), 1e-12);
  assertAlmostEquals(concentration(views([7])).gini, 0, 1e-12);
});

Deno.test("the curve starts with the most popular products", () => {
  const { curve, top10, top20 } = concentration(views([1, 6, 1, 2, 0]), { points: 5 });
  assertEquals(curve.map(({ events }) => events), [0, .6, .8, .9, 1, 1]);
  assertEquals(curve.map(({ products }) => products), [0, .2, .4, .6, .8, 1]);
  assertAlmostEquals(top20, .6);
  assertAlmostEquals(top10, .3, 1e-12, "half of the first product");
});

Deno.test("each type of event has its own concentration", () => {
  const products = productTable({ views: [1, 1], sales: [1, 0] });
  assertAlmostEquals(concentration(products, { of: "sales" }).gini, .5, 1e-12);
});

Deno.test("the share of products with any event is counted", () => {
  assertEquals(concentration(views([0, 0, 9, 1, 0])).reached, .4);
});

Deno.test("without events, all figures are NaN", () => {
  const { gini, top1, curve } = concentration(views([0, 0]), { points: 1 });
  assertEquals([gini, top1, curve[1].events], [NaN, NaN, NaN]);
  assertEquals(concentration(productTable({ views: [] })).gini, NaN);
});
