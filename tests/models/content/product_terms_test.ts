import { type Catalogue, textColumn, UNKNOWN } from "../../../src/interactions/catalogue.ts";
import type { Csr } from "../../../src/linalg/sparse/csr.ts";
import { productTerms } from "../../../src/models/content/product_terms.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";

/** Products with only the given attributes, one text or price each. */
function catalogueOf(
  { path, category, brand, price, title }: {
    path?: string[];
    category?: string[];
    brand?: string[];
    price?: number[];
    title?: string[];
  },
): Catalogue {
  const size = (path ?? category ?? brand ?? price ?? title ?? []).length;
  const unknown = Array<string>(size).fill(UNKNOWN);
  return {
    categoryCode: textColumn(path ?? unknown),
    categoryId: textColumn(category ?? unknown),
    brand: textColumn(brand ?? unknown),
    price: Float32Array.from(price ?? Array<number>(size).fill(0)),
    ...(title && { title: textColumn(title) }),
  };
}

function rowOf({ indptr, indices, values }: Csr, row: number): Map<number, number> {
  const entries = new Map<number, number>();
  for (let p = indptr[row]; p < indptr[row + 1]; p++) entries.set(indices[p], values[p]);
  return entries;
}

Deno.test("weights are tf · ln(N / df), scaled to rows of length 1, as worked out by hand", () => {
  // Terms in order of appearance: red, gel, blue; documents 2, 2, 1 of 3.
  const matrix = productTerms(catalogueOf({ title: ["red red gel", "Gel, blue!", "red"] }), 1);
  assertEquals([matrix.rows, matrix.columns], [3, 3]);
  const common = Math.log(3 / 2), rare = Math.log(3);
  const first = Math.hypot(2 * common, common), second = Math.hypot(common, rare);
  assertRow(matrix, 0, [[0, 2 * common / first], [1, common / first]]);
  assertRow(matrix, 1, [[1, common / second], [2, rare / second]]);
  assertRow(matrix, 2, [[0, 1]]);
});

Deno.test("a category path stands for all categories above it", () => {
  const matrix = productTerms(catalogueOf({ path: ["a.b", "a.c", "d"] }), 1);
  // a, a.b, a.c, d: only a is shared.
  const shared = Math.log(3 / 2), own = Math.log(3), length = Math.hypot(shared, own);
  assertEquals(matrix.columns, 4);
  assertRow(matrix, 0, [[0, shared / length], [1, own / length]]);
  assertRow(matrix, 1, [[0, shared / length], [2, own / length]]);
  assertRow(matrix, 2, [[3, 1]]);
});

Deno.test("the same word is a different term as brand, category or title", () => {
  const matrix = productTerms(
    catalogueOf({ brand: ["gel", "x"], category: ["gel", "y"], title: ["gel", "z"] }),
    1,
  );
  assertEquals(matrix.columns, 6);
});

Deno.test("terms that all products share have weight 0, missing attributes have no term", () => {
  const same = productTerms(catalogueOf({ brand: ["one", "one"] }), 1);
  assertEquals(same.values, Float32Array.of(0, 0));
  const unknown = productTerms(catalogueOf({ brand: [UNKNOWN, UNKNOWN], price: [0, 0] }), 5);
  assertEquals([unknown.rows, unknown.columns, unknown.values.length], [2, 0, 0]);
});

Deno.test("price bands have the same number of products, those without a price are in none", () => {
  const price = [5, 0, 1, 2, 6, 3, 4];
  const bandOf = (matrix: Csr, item: number) => [...rowOf(matrix, item).keys()];
  const thirds = productTerms(catalogueOf({ price }), 3);
  // In order of appearance: {5, 6}, {1, 2}, {3, 4}.
  assertEquals(price.map((_, item) => bandOf(thirds, item)), [[0], [], [1], [1], [0], [2], [2]]);
  assertEquals(productTerms(catalogueOf({ price }), 1).columns, 1);
  assertEquals(productTerms(catalogueOf({ price }), 100).columns, 6);
});

Deno.test("equal prices share a band however many bands there are", () => {
  assertEquals(productTerms(catalogueOf({ price: [2, 2, 2, 2] }), 4).columns, 1);
});

Deno.test("words of any script count, in any case", () => {
  const { columns } = productTerms(catalogueOf({ title: ["ГЕЛЬ лак 2", "гель-Лак №2"] }), 1);
  assertEquals(columns, 3);
});

function assertRow(matrix: Csr, row: number, expected: [number, number][]): void {
  const entries = rowOf(matrix, row);
  assertEquals([...entries.keys()], expected.map(([term]) => term));
  for (const [term, weight] of expected) assertAlmostEquals(entries.get(term) ?? NaN, weight, 1e-6);
}
