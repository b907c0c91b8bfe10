import { topK } from "../../../src/linalg/top_k.ts";
import { createRandom } from "../../../src/linalg/random.ts";
import {
  type DescriptionIndex,
  indexDescriptions,
} from "../../../src/models/content/description_index.ts";
import {
  rankDescribed,
  type ScoredDescriptions,
} from "../../../src/models/content/rank_described.ts";
import { assertEquals } from "../../assert.ts";
import { csrOfRows } from "../../../src/linalg/sparse/csr.ts";

/** An index of products with one term each; the term is the description. */
function indexOf(terms: readonly number[]): DescriptionIndex {
  const rows = terms.map((term) => ({
    indices: Uint32Array.of(term),
    values: Float32Array.of(1),
  }));
  return indexDescriptions(csrOfRows(rows, Math.max(...terms) + 1));
}

/** Products 0 and 3 have one description, 1 and 4 another, 2 one of its own. */
const index = indexOf([0, 1, 2, 0, 1]);

/** The descriptions that score above 0. */
function scoredOf(scores: Float32Array): ScoredDescriptions {
  const descriptions = Uint32Array.from(scores.keys()).filter((d) => scores[d] > 0);
  return { descriptions, scores: Float32Array.from(descriptions, (d) => scores[d]) };
}

function ranked(scores: number[], k: number, hidden: number[] = []): [number[], number[]] {
  const list = rankDescribed(index, scoredOf(Float32Array.from(scores)), {
    hidden: Uint32Array.from(hidden),
    k,
  });
  return [[...list.indices], [...list.scores]];
}

Deno.test("products of the best descriptions come first, ties by number", () => {
  assertEquals(ranked([1, 3, 2], 4), [[1, 4, 2, 0], [3, 3, 2, 1]]);
});

Deno.test("products of descriptions that score the same are ranked by number together", () => {
  // All five score 2; the best description alone would fill two places.
  assertEquals(ranked([2, 2, 2], 3), [[0, 1, 2], [2, 2, 2]]);
});

Deno.test("hidden products are omitted, repeated and unknown ones as well", () => {
  assertEquals(ranked([1, 3, 2], 2, [1, 1, 4, 99]), [[2, 0], [2, 1]]);
});

Deno.test("products that score 0 fill the list in the order of their numbers", () => {
  assertEquals(ranked([0, 3, 0], 4, [3]), [[1, 4, 0, 2], [3, 3, 0, 0]]);
  assertEquals(ranked([0, 0, 0], 9), [[0, 1, 2, 3, 4], [0, 0, 0, 0, 0]]);
});

Deno.test("the list is that of all products' scores", () => {
  const random = createRandom(1);
  const shop = indexOf(Array.from({ length: 60 }, () => random.integer(9)));
  for (let round = 0; round < 50; round++) {
    const scores = Float32Array.from({ length: shop.indptr.length - 1 }, () => random.integer(3));
    const hidden = Uint32Array.from({ length: 20 }, () => random.integer(60));
    const all = Float32Array.from(shop.descriptionOf, (d) => scores[d]);
    for (const item of hidden) all[item] = -Infinity;
    assertEquals(rankDescribed(shop, scoredOf(scores), { hidden, k: 10 }), topK(all, 10));
  }
});
