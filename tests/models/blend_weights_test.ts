import type { History } from "../../src/interactions/history.ts";
import {
  type Ballot,
  type BallotOptions,
  blendNdcg,
  castBallots,
  findWeights,
} from "../../src/models/blend_weights.ts";
import type { Model } from "../../src/models/model.ts";
import { createRandom } from "../../src/linalg/random.ts";
import { assert, assertAlmostEquals, assertEquals } from "../assert.ts";

/** Says the same to everybody. */
function stubborn(...scores: number[]): Model {
  return {
    itemCount: scores.length,
    score: (_history, out) => out.set(scores),
    toTensors: () => ({}),
  };
}

function viewed(...items: number[]): History {
  return {
    items: Uint32Array.from(items),
    weights: new Float32Array(items.length).fill(1),
    times: Uint32Array.from(items, (_, i) => i),
  };
}

const OPTIONS: BallotOptions = { normalize: "minmax", exclude: "seen", k: 1 };

Deno.test("a ballot holds what any model names and what was relevant, normalised", () => {
  const ranked = Array.from({ length: 20 }, (_, item) => 20 - item);
  const [ballot] = castBallots(
    [stubborn(...ranked), stubborn(...ranked.toReversed())],
    [{ history: viewed(0), relevant: Uint32Array.of(9) }],
    OPTIONS,
  );
  // five each for a list of one: 1 to 5, item 0 being known, and 19 to 15
  const items = [1, 2, 3, 4, 5, 9, 15, 16, 17, 18, 19];
  assertEquals(ballot.candidates, items.length);
  assertEquals([...ballot.relevant], [items.indexOf(9)]);
  const expected = [...items.map((item) => 1 - item / 19), ...items.map((item) => item / 19)];
  expected.forEach((score, i) => assertAlmostEquals(ballot.scores[i], score, 1e-6));
});

Deno.test("what may not be shown is not asked for", () => {
  const model = stubborn(3, 2, 1);
  const question = { history: viewed(1), relevant: Uint32Array.of(1, 2) };
  const [ballot] = castBallots([model], [question], OPTIONS);
  assertEquals([ballot.candidates, ...ballot.relevant], [2, 1]);
  const known = { history: viewed(1), relevant: Uint32Array.of(1) };
  assertEquals(castBallots([model], [known], OPTIONS), []);
  assertEquals(castBallots([model], [known], { ...OPTIONS, exclude: "none" }).length, 1);
});

/** Two models, three candidates, of which the last is relevant. */
const ballot: Ballot = {
  scores: Float32Array.of(1, 0.5, 0, /* second */ 0, 0.5, 1),
  candidates: 3,
  relevant: Uint32Array.of(2),
};

Deno.test("NDCG of a blend by hand", () => {
  assertEquals(blendNdcg([ballot], [0, 1], 3), 1);
  assertEquals(blendNdcg([ballot], [1, 0], 3), 1 / 2);
  assertEquals(blendNdcg([ballot], [1, 0], 2), 0);
  // all alike at 1/2: equal scores rank by position
  assertEquals(blendNdcg([ballot], [0.5, 0.5], 3), 1 / 2);
  const both: Ballot = { ...ballot, relevant: Uint32Array.of(0, 2) };
  assertEquals(blendNdcg([both, ballot], [0, 1], 1), 1);
  assertAlmostEquals(blendNdcg([both], [0, 1], 3), 1.5 / (1 + 1 / Math.log2(3)), 1e-12);
});

Deno.test("the one model that is right gets all the weight", () => {
  assertEquals(findWeights([ballot], 2, 1), [0, 1]);
});

Deno.test("models that are right together are blended", () => {
  // Each ranks the relevant item second, behind an item of its own that the other ranks last.
  const split: Ballot = {
    scores: Float32Array.of(1, 0.8, 0, /* second */ 0, 0.8, 1),
    candidates: 3,
    relevant: Uint32Array.of(1),
  };
  const weights = findWeights([split], 2, 1);
  assertEquals(blendNdcg([split], weights, 1), 1);
  assertAlmostEquals(weights[0] + weights[1], 1, 1e-12);
});

Deno.test("a model that adds nothing is taken out", () => {
  const useless: Ballot = {
    scores: Float32Array.of(...ballot.scores, 0, 0, 0),
    candidates: 3,
    relevant: ballot.relevant,
  };
  assertEquals(findWeights([useless], 3, 1), [0, 1, 0]);
});

Deno.test("without ballots all models weigh the same", () => {
  assertEquals(findWeights([], 4, 10), [0.25, 0.25, 0.25, 0.25]);
});

Deno.test("no model alone and no even blend is better, on random ballots", () => {
  const random = createRandom(11);
  const ballots = Array.from({ length: 60 }, (): Ballot => ({
    scores: Float32Array.from({ length: 3 * 20 }, () => random.next()),
    candidates: 20,
    relevant: Uint32Array.of(random.integer(20)),
  }));
  const weights = findWeights(ballots, 3, 10);
  const found = blendNdcg(ballots, weights, 10);
  assert(weights.every((weight) => weight >= 0));
  assertAlmostEquals(weights.reduce((sum, weight) => sum + weight), 1, 1e-12);
  for (const others of [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1 / 3, 1 / 3, 1 / 3]]) {
    assert(found >= blendNdcg(ballots, others, 10));
  }
  assertEquals(findWeights(ballots, 3, 10), weights);
});
