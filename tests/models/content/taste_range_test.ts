import {
  indexDescriptions,
  withoutProducts,
} from "../../../src/models/content/description_index.ts";
import { createTasteRange, rangeOfDescribed } from "../../../src/models/content/taste_range.ts";
import { Tastes } from "../../../src/models/content/tastes.ts";
import { createRandom } from "../../../src/linalg/random.ts";
import { type Csr, csrOfRows } from "../../../src/linalg/sparse/csr.ts";
import { assert, assertEquals } from "../../assert.ts";

/** Products that each have a few of many terms, early ones more often; rows of length 1. */
function shop(products: number, terms: number, seed: number): Csr {
  const random = createRandom(seed);
  const rows = Array.from({ length: products }, () => {
    const chosen = new Set(Array.from({ length: 5 }, () => Math.floor(terms * random.next() ** 3)));
    const indices = Uint32Array.from(chosen).sort();
    const values = Float32Array.from(indices, () => 0.2 + random.next());
    const length = Math.hypot(...values);
    return { indices, values: values.map((value) => value / length) };
  });
  return csrOfRows(rows, terms);
}

/** The range of all products' similarities, each computed. */
function rangeOfAll(products: Csr, similarityTo: (item: number) => number, omitted: number[]) {
  const all = Array.from({ length: products.rows }, (_, item) => item)
    .filter((item) => !omitted.includes(item))
    .map(similarityTo);
  return { least: Math.min(...all), largest: Math.max(...all) };
}

const tasteOf = (tastes: Tastes, items: readonly number[]) =>
  tastes.of({
    items: Uint32Array.from(items),
    ratings: Float32Array.from(items, (_, i) => 1 + i % 4),
  });

Deno.test("the range is that of all similarities, to the last bit, or isn't told", () => {
  const products = shop(2000, 400, 1);
  const tastes = new Tastes(products);
  const omitted = [3, 500, 501];
  const index = withoutProducts(indexDescriptions(products), Uint32Array.from(omitted));
  const find = createTasteRange(index);
  const random = createRandom(2);
  let told = 0;
  for (let round = 0; round < 200; round++) {
    const items = Array.from(
      { length: 1 + round % 9 },
      () => random.integer(2000),
    );
    const taste = tasteOf(tastes, items);
    tastes.compare(taste, (similarityTo) => {
      // Known products raise the bound early; without them the result is the same.
      const known = Uint32Array.from(round % 2 === 0 ? items : []);
      const range = find(taste, { known, similarityTo });
      if (!range) return;
      told++;
      assertEquals(range, rangeOfAll(products, similarityTo, omitted));
    });
  }
  assert(told > 50, `the range was told ${told} times`);
});

Deno.test("where every description has one of the terms, the range isn't told", () => {
  const products = csrOfRows(
    Array.from({ length: 50 }, (_, i) => ({
      indices: Uint32Array.of(0, 1 + i),
      values: Float32Array.of(0.6, 0.8),
    })),
    51,
  );
  const tastes = new Tastes(products);
  const taste = tasteOf(tastes, [0]);
  tastes.compare(taste, (similarityTo) => {
    const find = createTasteRange(indexDescriptions(products));
    assertEquals(find(taste, { known: Uint32Array.of(0), similarityTo }), undefined);
  });
});

Deno.test("the range of all leaves out descriptions without products", () => {
  const row = (term: number) => ({ indices: Uint32Array.of(term), values: Float32Array.of(1) });
  const index = indexDescriptions(csrOfRows([row(0), row(1), row(2)], 3));
  assertEquals(rangeOfDescribed(index, Float64Array.of(9, 2, 1)), { least: 1, largest: 9 });
  assertEquals(
    rangeOfDescribed(withoutProducts(index, Uint32Array.of(0)), Float64Array.of(9, 2, 1)),
    { least: 1, largest: 2 },
  );
});
