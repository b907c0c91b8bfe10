import { textColumn } from "../../../src/interactions/catalogue.ts";
import {
  completeList,
  recommendedPart,
  type Supplement,
} from "../../../src/models/completion/complete_list.ts";
import {
  categoryNumbers,
  createCategoryPopularity,
} from "../../../src/models/completion/category_popularity.ts";
import type { Scorer } from "../../../src/models/scoring/scorer.ts";
import { rank } from "../../../src/models/rank.ts";
import { assert, assertEquals } from "../../assert.ts";

/** Scores everybody's items the same. */
function fixedScorer(scores: readonly number[], noSignal?: number): Scorer {
  return {
    itemCount: scores.length,
    noSignal,
    score: (_history, into) => into.set(scores),
  };
}

/** Views of some items. */
function viewsOf(...items: number[]) {
  return {
    items: Uint32Array.from(items),
    weights: Float32Array.from(items, () => 1),
    times: Uint32Array.from(items, (_, i) => i),
  };
}

Deno.test("a model recommends what scores above its value for no signal", () => {
  const list = { indices: Uint32Array.of(2, 0, 1), scores: Float32Array.of(3, 0, -1) };
  const part = recommendedPart(list, fixedScorer([0, -1, 3], 0));
  assertEquals([part.indices, part.scores], [Uint32Array.of(2), Float32Array.of(3)]);
  assert(recommendedPart(list, fixedScorer([0, -1, 3])) === list);
});

Deno.test("empty places are filled by one supplement after the other, without repeats", () => {
  const model = fixedScorer([0, 5, 0, 0, 0, 0], 0);
  const supplements: readonly Supplement[] = [
    { source: "category", scorer: fixedScorer([9, 8, 7, 0, 0, 0], 0) },
    { source: "popularity", scorer: fixedScorer([1, 2, 3, 0, 5, 0]) },
  ];
  const options = { k: 5, hidden: Uint32Array.of(2) };
  // The user saw item 0; item 2 is hidden. 3 and 5 tie.
  const history = viewsOf(0);
  const best = recommendedPart(rank(model, history, options), model);
  assertEquals(completeList(best, history, options, () => supplements), {
    indices: Uint32Array.of(1, 4, 3, 5),
    scores: Float32Array.of(5, 5, 0, 0),
    sources: ["model", "popularity", "popularity", "popularity"],
  });
  const all = { k: 3, exclude: "none" } as const;
  const { indices, sources } = completeList(best, history, all, () => supplements);
  assertEquals([indices, sources], [
    Uint32Array.of(1, 0, 2),
    ["model", "category", "category"],
  ]);
});

Deno.test("a full list asks no supplement", () => {
  const list = { indices: Uint32Array.of(1), scores: Float32Array.of(5) };
  const { sources } = completeList(list, viewsOf(), { k: 1 }, () => {
    throw new Error("asked");
  });
  assertEquals(sources, ["model"]);
});

Deno.test("an item scores its popularity by the user's interest in its category", () => {
  const categories = categoryNumbers({
    categoryCode: textColumn(["bags", "bags", "shoes", "unknown", "unknown"]),
    categoryId: textColumn(["1", "2", "3", "4", "unknown"]),
  });
  const scorer = createCategoryPopularity(Float32Array.of(5, 2, 3, 7, 9), categories);
  const scores = new Float32Array(5);
  // One event with bags, two with the category 4, one with a product without any.
  scorer.score(viewsOf(1, 3, 3, 4), scores);
  assertEquals(scores, Float32Array.of(5, 2, 0, 14, 0));
  scorer.score(viewsOf(), scores);
  assertEquals(scores, new Float32Array(5));
});
