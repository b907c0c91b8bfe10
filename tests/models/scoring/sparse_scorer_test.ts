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

Deno.test("the scores of the last history are kept, those of another computed", () => {
  const scored: number[] = [];
  const { scoreSparse, scoreSome } = sparseScorer(3, ({ items }, sums) => {
    scored.push(...items);
    if (items[0] === 2) throw new RangeError("no");
    sums.add(items[0], 1);
  });
  const [a, b] = [viewed([0]), viewed([1])];
  for (const history of [a, a, b, b, a]) {
    assertEquals(scoreSparse(history).touched, history.items);
    assertEquals(
      scoreSome(history, Uint32Array.of(0, 1)),
      history === a ? Float32Array.of(1, 0) : Float32Array.of(0, 1),
    );
  }
  assertEquals(scored, [0, 1, 0]);
  // What a failure leaves is no history's scores.
  assertThrows(() => scoreSparse(viewed([2])), RangeError, "no");
  assertEquals(scoreSparse(a).touched, a.items);
  assertEquals(scored, [0, 1, 0, 2, 0]);
});
