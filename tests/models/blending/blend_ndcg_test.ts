import { blendNdcg, type CandidateScores } from "../../../src/models/blending/blend_ndcg.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";

/** Two models, three candidates, the last of which is relevant. */
const query: CandidateScores = {
  scores: Float32Array.of(1, 0.5, 0, /* second */ 0, 0.5, 1),
  candidates: 3,
  relevant: Uint32Array.of(2),
};

Deno.test("NDCG of a blend as worked out by hand", () => {
  assertEquals(blendNdcg([query], [0, 1], 3), 1);
  assertEquals(blendNdcg([query], [1, 0], 3), 1 / 2);
  assertEquals(blendNdcg([query], [1, 0], 2), 0);
  // All score 1/2: ties rank by position.
  assertEquals(blendNdcg([query], [0.5, 0.5], 3), 1 / 2);
  const both: CandidateScores = { ...query, relevant: Uint32Array.of(0, 2) };
  assertEquals(blendNdcg([both, query], [0, 1], 1), 1);
  assertAlmostEquals(blendNdcg([both], [0, 1], 3), 1.5 / (1 + 1 / Math.log2(3)), 1e-12);
});
