import type { Model } from "../../src/models/model.ts";
import { type CandidateOptions, scoreCandidates } from "../../src/models/score_candidates.ts";
import { assertAlmostEquals, assertEquals } from "../assert.ts";
import { viewed } from "../interactions/made_by_hand.ts";

/** Scores the same for every user. */
function constantModel(...scores: number[]): Model {
  return {
    itemCount: scores.length,
    score: (_history, out) => out.set(scores),
    toTensors: () => ({}),
  };
}

const OPTIONS: CandidateOptions = { normalize: "minmax", exclude: "seen", k: 1 };

Deno.test("candidates are what any model nominates and what is relevant, scores normalized", () => {
  const ranked = Array.from({ length: 20 }, (_, item) => 20 - item);
  const [query] = scoreCandidates(
    [constantModel(...ranked), constantModel(...ranked.toReversed())],
    [{ history: viewed([0]), relevant: Uint32Array.of(9) }],
    OPTIONS,
  );
  // Five each for a list of one: 1 to 5, item 0 being known, and 19 to 15.
  const items = [1, 2, 3, 4, 5, 9, 15, 16, 17, 18, 19];
  assertEquals(query.candidates, items.length);
  assertEquals([...query.relevant], [items.indexOf(9)]);
  const expected = [...items.map((item) => 1 - item / 19), ...items.map((item) => item / 19)];
  expected.forEach((score, i) => assertAlmostEquals(query.scores[i], score, 1e-6));
});

Deno.test("excluded items are neither candidates nor relevant", () => {
  const model = constantModel(3, 2, 1);
  const query = { history: viewed([1]), relevant: Uint32Array.of(1, 2) };
  const [scored] = scoreCandidates([model], [query], OPTIONS);
  assertEquals([scored.candidates, ...scored.relevant], [2, 1]);
  const known = { history: viewed([1]), relevant: Uint32Array.of(1) };
  assertEquals(scoreCandidates([model], [known], OPTIONS), []);
  assertEquals(scoreCandidates([model], [known], { ...OPTIONS, exclude: "none" }).length, 1);
});
