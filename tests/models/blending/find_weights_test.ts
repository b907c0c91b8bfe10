import { createRandom } from "../../../src/linalg/random.ts";
import { blendNdcg } from "../../../src/models/blending/blend_ndcg.ts";
import type { CandidateScores } from "../../../src/models/blending/contested_query.ts";
import { findPeaks } from "../../../src/models/blending/find_weights.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";

/** Two models, three candidates, the last of which is relevant. */
const query: CandidateScores = {
  scores: Float32Array.of(1, 0.5, 0, /* second */ 0, 0.5, 1),
  candidates: 3,
  relevant: Uint32Array.of(2),
};

Deno.test("the only model that is right gets all the weight", () => {
  assertEquals(findPeaks([query], 2, 1)[0], [0, 1]);
});

Deno.test("models that are right together are blended", () => {
  // Each ranks the relevant item second, behind an item of its own that the other ranks last.
  const split: CandidateScores = {
    scores: Float32Array.of(1, 0.8, 0, /* second */ 0, 0.8, 1),
    candidates: 3,
    relevant: Uint32Array.of(1),
  };
  const weights = findPeaks([split], 2, 1)[0];
  assertEquals(blendNdcg([split], 1)(weights), 1);
  assertAlmostEquals(weights[0] + weights[1], 1, 1e-12);
});

Deno.test("a model that adds nothing is dropped", () => {
  const useless: CandidateScores = {
    scores: Float32Array.of(...query.scores, 0, 0, 0),
    candidates: 3,
    relevant: query.relevant,
  };
  assertEquals(findPeaks([useless], 3, 1)[0], [0, 1, 0]);
});

Deno.test("without queries all models have the same weight", () => {
  assertEquals(findPeaks([], 4, 10)[0], [0.25, 0.25, 0.25, 0.25]);
});

Deno.test("no single model and no equal blend is better, on random queries", () => {
  const random = createRandom(11);
  const queries = Array.from({ length: 60 }, (): CandidateScores => ({
    scores: Float32Array.from({ length: 3 * 20 }, () => random.next()),
    candidates: 20,
    relevant: Uint32Array.of(random.integer(20)),
  }));
  const weights = findPeaks(queries, 3, 10)[0];
  const ndcgOf = blendNdcg(queries, 10);
  const found = ndcgOf(weights);
  assert(weights.every((weight) => weight >= 0));
  assertAlmostEquals(weights.reduce((sum, weight) => sum + weight), 1, 1e-12);
  for (const others of [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1 / 3, 1 / 3, 1 / 3]]) {
    assert(found >= ndcgOf(others));
  }
  assertEquals(findPeaks(queries, 3, 10)[0], weights);
});
