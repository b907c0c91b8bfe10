import { benchInteractions } from "../../scripts/bench/lib/http/bench_shop.ts";
import { textColumn, UNKNOWN } from "../../src/interactions/catalogue.ts";
import { EMPTY_HISTORY, type History } from "../../src/interactions/history.ts";
import { InputError } from "../../src/base/input_error.ts";
import type { Interactions } from "../../src/interactions/interactions.ts";
import { rowOf, withRows } from "../../src/linalg/sparse/csr.ts";
import { content, createContent } from "../../src/models/content.ts";
import { indexDescriptions } from "../../src/models/content/description_index.ts";
import { productTerms } from "../../src/models/content/product_terms.ts";
import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "../assert.ts";
import { interactionsOf } from "../interactions/made_by_hand.ts";
import { purchasesOf } from "./block_data.ts";
import { scoresOf as allScores } from "./scores_of.ts";

/** Five products that differ only by brand: a, a, b, b and none. The last three have no events. */
const unknown = textColumn(Array<string>(5).fill(UNKNOWN));
const brands: Interactions = {
  ...interactionsOf([[0, 0, 1, 1], [0, 1, 1, 2]], { items: 5 }),
  catalogue: {
    brand: textColumn(["a", "a", "b", "b", UNKNOWN]),
    categoryId: unknown,
    categoryCode: unknown,
    price: new Float32Array(5),
  },
};

async function scoresOf(history: History, train = brands): Promise<Float32Array> {
  const model = await content.fit(train);
  const scores = new Float32Array(5);
  model.score(history, scores);
  return scores;
}

Deno.test("a product's score is its cosine with the history", async () => {
  assertEquals(await scoresOf(purchasesOf([2])), Float32Array.of(0, 0, 1, 1, 0));
  // Brand a weighs 4 and b 3 in the history: cosines 4/5 and 3/5.
  const mixed = await scoresOf({
    items: Uint32Array.of(0, 3),
    weights: Float32Array.of(4, 3),
    times: Uint32Array.of(1, 2),
  });
  [4 / 5, 4 / 5, 3 / 5, 3 / 5, 0].forEach((cosine, item) =>
    assertAlmostEquals(mixed[item], cosine, 1e-6)
  );
});

Deno.test("unknown users and products without attributes score 0", async () => {
  assertEquals(await scoresOf(EMPTY_HISTORY), new Float32Array(5));
  assertEquals(await scoresOf(purchasesOf([4])), new Float32Array(5));
});

Deno.test("a shop without a catalogue has to omit this model", async () => {
  const { catalogue: _, ...bare } = brands;
  await assertRejects(
    () => Promise.try(() => content.fit(bare)),
    InputError,
    "omit this model",
  );
});

Deno.test("there is at least one price band", () => {
  assertThrows(() => content.fit(brands, { priceBands: 0 }), InputError, `"priceBands"`);
});

Deno.test("products changed since their indexing score by their current descriptions", () => {
  const { catalogue } = benchInteractions({ users: 5, items: 60, pairs: 50 });
  const before = productTerms(catalogue, 4);
  const row = rowOf(before, 1);
  const other = { indices: Uint32Array.of(row.indices[0]), values: Float32Array.of(1) };
  const none = { indices: new Uint32Array(0), values: new Float32Array(0) };
  const changes = new Map([[5, other], [9, none], [61, other]]);
  const after = withRows(before, 62, changes);
  const index = indexDescriptions(before);
  const patched = createContent(after, {
    index: () => index,
    changed: Uint32Array.from(changes.keys()),
  });
  for (const items of [[1], [5, 9, 61], [0, 1, 2, 3, 4, 5, 6, 7]]) {
    assertEquals(
      allScores(patched, purchasesOf(items)),
      allScores(createContent(after), purchasesOf(items)),
    );
  }
});
