import { sparseScorer } from "../../../src/models/scoring/sparse_scorer.ts";
import { assertEquals, assertThrows } from "../../assert.ts";
import { viewed } from "../../interactions/made_by_hand.ts";

/** Each event adds 1 to the next item and 2 to the one after it, of six. */
const scorer = sparseScorer(6, ({ items }, sums) =>
  items.forEach((item) => {
    sums.add((item + 1) % 6, 1);
    sums.add((item + 2) % 6, 2);
  }));

Deno.test("all ways to score agree", () => {
  const scores = new Float32Array(6).fill(9);
  scorer.score(viewed([0, 1]), scores);
  assertEquals(scores, Float32Array.of(0, 1, 3, 2, 0, 0));
  assertEquals(scorer.scoreSome(viewed([0, 1]), Uint32Array.of(3, 5, 2)), Float32Array.of(2, 0, 3));
  assertEquals(scorer.scoreSparse(viewed([0, 1])).touched.toSorted(), Uint32Array.of(1, 2, 3));
});

Deno.test("items that score 0 follow in the order of their numbers", () => {
  const [{ indices, scores }] = scorer.rankBatch([viewed([0])], [Uint32Array.of(0, 2, 7)], 4);
  assertEquals(indices, Uint32Array.of(1, 3, 4, 5));
  assertEquals(scores, Float32Array.of(1, 0, 0, 0));
  const [rest] = scorer.rankBatch([viewed([0])], [Uint32Array.of(0, 1, 2, 3, 5)], 4);
  assertEquals(rest.indices, Uint32Array.of(4));
});

Deno.test("a list has at least one place", () => {
  assertThrows(() => scorer.rankBatch([viewed([0])], [new Uint32Array(0)], 0), RangeError, "got 0");
});
