import { diversityBy } from "../../../src/evaluation/metrics/diversity.ts";
import { productTerms } from "../../../src/models/content/product_terms.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";
import { blockInteractions } from "../../models/block_data.ts";

// Rows (1, 0), (0, 1), (.6, .8) and nothing.
const terms = {
  rows: 4,
  columns: 2,
  indptr: Uint32Array.of(0, 1, 2, 4, 4),
  indices: Uint32Array.of(0, 1, 0, 1),
  values: Float32Array.of(1, 1, 0.6, 0.8),
};

Deno.test("diversity is 1 less the mean cosine of all pairs", () => {
  const diversity = diversityBy(terms);
  // Cosines 0, .6 and .8 of the three pairs.
  assertAlmostEquals(diversity(Uint32Array.of(0, 1, 2)) ?? NaN, 1 - 1.4 / 3, 1e-7);
  assertAlmostEquals(diversity(Uint32Array.of(2, 0)) ?? NaN, 0.4, 1e-7);
  // Nothing is carried over from one list to the next.
  assertAlmostEquals(diversity(Uint32Array.of(2, 1)) ?? NaN, 0.2, 1e-7);
});

Deno.test("a product without attributes is unlike any other", () => {
  assertEquals(diversityBy(terms)(Uint32Array.of(0, 3)), 1);
});

Deno.test("one product, or none, has no diversity", () => {
  const diversity = diversityBy(terms);
  assertEquals([diversity(Uint32Array.of(1)), diversity(new Uint32Array(0))], [
    undefined,
    undefined,
  ]);
});

Deno.test("products of one block of the pattern are similar, those of three blocks aren't", () => {
  const { catalogue } = blockInteractions();
  assert(catalogue);
  const diversity = diversityBy(productTerms(catalogue, 10));
  const similar = diversity(Uint32Array.of(0, 1, 2)) ?? NaN;
  const unlike = diversity(Uint32Array.of(0, 5, 10)) ?? NaN;
  assert(similar < 0.1 && unlike > 0.9, `${similar} ${unlike}`);
});
