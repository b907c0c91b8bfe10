import { createRandom } from "../../../src/linalg/random.ts";
import { blendNdcg } from "../../../src/models/blending/blend_ndcg.ts";
import { chooseWeights } from "../../../src/models/blending/choose_weights.ts";
import type { CandidateScores } from "../../../src/models/blending/contested_query.ts";
import { findPeaks } from "../../../src/models/blending/find_weights.ts";
import { assert, assertEquals } from "../../assert.ts";

const LISTS = { k: 5, seed: 1 };

/** Queries with a relevant item that each model ranks higher by this much, on average. */
function queriesOf(count: number, leads: readonly number[], seed = 7): CandidateScores[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const relevant = random.integer(20);
    const scores = leads.flatMap((lead) =>
      Array.from({ length: 20 }, (_, item) => random.normal() + (item === relevant ? lead : 0))
    );
    return {
      scores: Float32Array.from(scores),
      candidates: 20,
      relevant: Uint32Array.of(relevant),
    };
  });
}

Deno.test("two models that know different things are blended", () => {
  const queries = queriesOf(300, [1, 1]);
  const weights = chooseWeights(queries, 2, LISTS);
  assertEquals(weights, findPeaks(queries, 2, LISTS.k)[0]);
  assert(weights.every((weight) => weight > 0.2), weights.join());
});

Deno.test("the best model stays alone if the gain of blending is noise", () => {
  const queries = queriesOf(300, [0, 2]);
  // On the very queries that weights are found on, they always look better.
  const found = findPeaks(queries, 2, LISTS.k)[0];
  const ndcgOf = blendNdcg(queries, LISTS.k);
  assert(found[0] > 0 && ndcgOf(found) > ndcgOf([0, 1]));
  assertEquals(chooseWeights(queries, 2, LISTS), [0, 1]);
});

Deno.test("a lower peak is chosen if the gain of higher ones is noise", () => {
  const queries = queriesOf(60, [1, 0.4, 0.4], 10);
  const peaks = findPeaks(queries, 3, LISTS.k);
  // The first three have more weight for the models that know less.
  assertEquals(peaks.map(([first]) => first), peaks.map(([first]) => first).toSorted());
  assertEquals([peaks.length, peaks[3][2]], [4, 0]);
  assertEquals(chooseWeights(queries, 3, LISTS), peaks[3]);
});

Deno.test("a few queries can't show that a blend is better", () => {
  const few = queriesOf(29, [1, 1]);
  assert(!findPeaks(few, 2, LISTS.k)[0].includes(1));
  const weights = chooseWeights(few, 2, LISTS);
  assertEquals(weights.toSorted(), [0, 1]);
});

Deno.test("without queries all models have the same weight", () => {
  assertEquals(chooseWeights([], 4, LISTS), [0.25, 0.25, 0.25, 0.25]);
});

Deno.test("the same queries and seed give the same weights", () => {
  const queries = queriesOf(60, [1, 0.8]);
  assertEquals(chooseWeights(queries, 2, LISTS), chooseWeights(queries, 2, LISTS));
});
