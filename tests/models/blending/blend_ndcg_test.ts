import { discount, idealGain } from "../../../src/linalg/discounted_gain.ts";
import { createRandom, type Random } from "../../../src/linalg/random.ts";
import { blendNdcg } from "../../../src/models/blending/blend_ndcg.ts";
import type { CandidateScores } from "../../../src/models/blending/contested_query.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";

/** Two models, three candidates, the last of which is relevant. */
const query: CandidateScores = {
  scores: Float32Array.of(1, 0.5, 0, /* second */ 0, 0.5, 1),
  candidates: 3,
  relevant: Uint32Array.of(2),
};

Deno.test("NDCG of a blend as worked out by hand", () => {
  assertEquals(blendNdcg([query], 3)([0, 1]), 1);
  assertEquals(blendNdcg([query], 3)([1, 0]), 1 / 2);
  assertEquals(blendNdcg([query], 2)([1, 0]), 0);
  // All score 1/2: ties rank by position.
  assertEquals(blendNdcg([query], 3)([0.5, 0.5]), 1 / 2);
  const both: CandidateScores = { ...query, relevant: Uint32Array.of(0, 2) };
  assertEquals(blendNdcg([both, query], 1)([0, 1]), 1);
  assertAlmostEquals(blendNdcg([both], 3)([0, 1]), 1.5 / (1 + 1 / Math.log2(3)), 1e-12);
});

Deno.test("a query whose relevant items can't be reached counts 0", () => {
  const hopeless: CandidateScores = {
    scores: Float32Array.of(1, 1, 0, /* second */ 1, 0, 0),
    candidates: 3,
    relevant: Uint32Array.of(2),
  };
  const ndcgOf = blendNdcg([hopeless, query], 2);
  assertEquals(ndcgOf([0, 1]), 1 / 2);
});

Deno.test("the same as sorting all candidates, to the last bit, with ties and zeros", () => {
  const random = createRandom(5);
  const queries = Array.from({ length: 200 }, () => sparseQuery(random));
  const ndcgOf = blendNdcg(queries, 3);
  for (const weights of [[1, 0, 0], [0, 0.5, 0.5], [0.1, 0.2, 0.7], [1 / 3, 1 / 3, 1 / 3]]) {
    assertEquals(ndcgOf(weights), sortedNdcg(queries, weights, 3));
  }
});

/** Three models that score few of 80 candidates, in steps of a third. */
function sparseQuery(random: Random): CandidateScores {
  const score = () => random.next() < 0.5 ? 0 : random.integer(4) / 3;
  return {
    scores: Float32Array.from({ length: 3 * 80 }, score),
    candidates: 80,
    relevant: Uint32Array.from({ length: 1 + random.integer(4) }, (_, i) => 20 * i + i % 2),
  };
}

function sortedNdcg(queries: readonly CandidateScores[], weights: number[], k: number): number {
  let total = 0;
  for (const { scores, candidates, relevant } of queries) {
    const blended = Array.from(
      { length: candidates },
      (_, c) => weights.reduce((sum, weight, m) => sum + weight * scores[m * candidates + c], 0),
    );
    const list = [...blended.keys()].sort((a, b) => blended[b] - blended[a] || a - b).slice(0, k);
    let gain = 0;
    for (const item of relevant) if (list.includes(item)) gain += discount(1 + list.indexOf(item));
    total += gain / idealGain(Math.min(k, relevant.length));
  }
  return total / queries.length;
}
