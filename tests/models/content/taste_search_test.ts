import {
  indexDescriptions,
  withoutProducts,
} from "../../../src/models/content/description_index.ts";
import { TasteSearch } from "../../../src/models/content/taste_search.ts";
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
  const search = new TasteSearch(index);
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
      const range = search.range(taste, similarityTo, known);
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
    const search = new TasteSearch(indexDescriptions(products));
    assertEquals(search.range(taste, similarityTo, Uint32Array.of(0)), undefined);
  });
});

Deno.test("the most similar descriptions are among those found, or none are", () => {
  const products = shop(2000, 400, 3);
  const tastes = new Tastes(products);
  const index = indexDescriptions(products);
  const search = new TasteSearch(index);
  const random = createRandom(4);
  let told = 0, most = 0;
  for (let round = 0; round < 200; round++) {
    const items = Array.from({ length: 1 + round % 9 }, () => random.integer(2000));
    const count = 1 + round % 40;
    const taste = tasteOf(tastes, items);
    tastes.compare(taste, (similarityTo) => {
      const found = search.best(taste, similarityTo, count);
      if (!found) return;
      told++;
      most = Math.max(most, found.descriptions.length);
      const all = Array.from(
        index.indptr.subarray(1),
        (_, description) => similarityTo(index.products[index.indptr[description]]),
      );
      const least = Math.fround(all.toSorted((a, b) => b - a)[count - 1]);
      const similar = all.flatMap((s, d) => Math.fround(s) >= least ? [d] : []);
      const missing = new Set(similar).difference(new Set(found.descriptions));
      assertEquals([...missing], []);
      const expected = Float64Array.from(found.descriptions, (description) => all[description]);
      assertEquals(found.similarities, expected);
    });
  }
  assert(told > 50 && most < 1500, `found ${told} times, at most ${most} descriptions`);
});

Deno.test("fewer descriptions with the terms than are asked for are not found", () => {
  const row = (term: number) => ({ indices: Uint32Array.of(term), values: Float32Array.of(1) });
  const products = csrOfRows([row(0), row(0), row(1), row(2)], 3);
  const tastes = new Tastes(products);
  const taste = tasteOf(tastes, [0]);
  tastes.compare(taste, (similarityTo) => {
    assertEquals(
      new TasteSearch(indexDescriptions(products)).best(taste, similarityTo, 2),
      undefined,
    );
  });
});
