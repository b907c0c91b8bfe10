import { questionsOf } from "../../../../../scripts/bench/lib/quality/next_item_data.ts";
import { measureNextItem } from "../../../../../scripts/bench/lib/quality/next_item_metrics.ts";
import type { Model } from "../../../../../src/models/model.ts";
import { assertAlmostEquals, assertEquals } from "../../../../assert.ts";

/** Ranks 0 before 1 before 2 and so on, for every history. */
const ascending: Model = {
  itemCount: 5,
  score: (_history, scores) => scores.set([5, 4, 3, 2, 1]),
  toTensors: () => ({}),
};

Deno.test("metrics are means over all questions, with known items among the candidates", () => {
  // The answers 0, 2 and 4 rank first, third and fifth.
  const questions = questionsOf([Uint32Array.of(0, 0, 2, 4)]);
  const { hitRate, mrr, ndcg } = measureNextItem(ascending, questions, { k: 3 });
  assertAlmostEquals(hitRate, 2 / 3, 1e-12);
  assertAlmostEquals(mrr, (1 + 1 / 3) / 3, 1e-12);
  assertAlmostEquals(ndcg, (1 + 1 / 2) / 3, 1e-12);
});

Deno.test("an unknown item is never a hit", () => {
  const [question] = questionsOf([Uint32Array.of(0, 0)]);
  const unknown = { ...question, next: 2 ** 32 - 1 };
  assertEquals(measureNextItem(ascending, [unknown], { k: 5 }).hitRate, 0);
});
