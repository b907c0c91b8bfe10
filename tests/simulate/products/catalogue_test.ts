import { createRandom } from "../../../src/linalg/random.ts";
import { inventCatalogue, priceOf } from "../../../src/simulate/products/catalogue.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";

const full = inventCatalogue(4_100_000, createRandom(1));
const seriesCount = full.category.length;

/** How many products each value of a column by series has. */
function productsBy(column: Uint32Array): number[] {
  const counts: number[] = [];
  column.forEach((value, s) => {
    counts[value] = (counts[value] ?? 0) + full.seriesStart[s + 1] - full.seriesStart[s];
  });
  return counts;
}

Deno.test("a full month gets the real shop's products, categories and brands", () => {
  assertEquals(full.size.products, 54_043);
  assertEquals(full.size.categories, 522);
  assertEquals(full.size.brands, 273);
});

Deno.test("category sizes have the real median 35, 90th percentile 241 and maximum 3,470", () => {
  const sizes = productsBy(full.category).sort((a, b) => a - b);
  assertEquals(sizes.reduce((sum, size) => sum + size, 0), 54_043);
  assertAlmostEquals(sizes[261], 35, 4);
  assertAlmostEquals(sizes[Math.floor(0.9 * 522)], 241, 25);
  assertAlmostEquals(sizes[521], 3470, 700);
});

Deno.test("57% of the products have a brand, a good third of these one of the ten largest", () => {
  const counts = productsBy(full.brand);
  const branded = counts.slice(0, 273);
  const total = branded.reduce((sum, count) => sum + count, 0);
  const head = branded.sort((a, b) => b - a).slice(0, 10).reduce((sum, count) => sum + count, 0);
  assertAlmostEquals(total / 54_043, 0.57, 0.05);
  assertAlmostEquals(head / total, 0.36, 0.08);
});

Deno.test("series and niches are ranges of products", () => {
  assertEquals(full.seriesStart[seriesCount], 54_043);
  assertEquals(full.nicheStart[full.size.niches], 54_043);
  for (let p = 0; p < full.size.products; p += 97) {
    const s = full.seriesOf[p];
    const n = full.nicheOf[p];
    assert(full.seriesStart[s] <= p && p < full.seriesStart[s + 1]);
    assert(full.nicheStart[n] <= p && p < full.nicheStart[n + 1]);
  }
});

Deno.test("a complement is in the same niche and, nearly always, another category", () => {
  let sameCategory = 0;
  full.complement.forEach((other, s) => {
    assertEquals(full.nicheOf[full.seriesStart[other]], full.nicheOf[full.seriesStart[s]]);
    if (full.category[other] === full.category[s]) sameCategory++;
  });
  assert(sameCategory < 0.01 * seriesCount);
});

Deno.test("every product has a price above zero and some popularity", () => {
  for (let p = 0; p < full.size.products; p++) {
    assert(priceOf(full, p) > 0 && full.popularity[p] > 0);
  }
});

Deno.test("fewer events get fewer products, and even one event gets a shop", () => {
  const month = inventCatalogue(300_000, createRandom(1)).size;
  assertEquals(month, { products: 7603, categories: 183, brands: 210, niches: 52 });
  assertEquals(inventCatalogue(1, createRandom(1)).size.products, 60);
});
