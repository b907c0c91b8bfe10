import { rankOneByOne } from "../../../src/models/scoring/rank_one_by_one.ts";
import { assertEquals, assertThrows } from "../../assert.ts";
import { viewed } from "../../interactions/made_by_hand.ts";

Deno.test("a history that follows itself is scored once, and ranked each time", () => {
  const scored: number[] = [];
  const rankBatch = rankOneByOne(
    ({ items }) => scored[scored.push(items[0]) - 1],
    (score, hidden, k) => ({
      indices: Uint32Array.of(k, ...hidden),
      scores: Float32Array.of(score),
    }),
  );
  const [a, b] = [viewed([3]), viewed([5])];
  const lists = rankBatch([a, a, b, a], [7, 8, 9, 6].map((item) => Uint32Array.of(item)), 2);
  assertEquals(scored, [3, 5, 3]);
  assertEquals(lists.map(({ indices, scores }) => [...indices, ...scores]), [
    [2, 7, 3],
    [2, 8, 3],
    [2, 9, 5],
    [2, 6, 3],
  ]);
  assertEquals(rankBatch([], [], 1), []);
  assertThrows(() => rankBatch([a], [new Uint32Array(0)], 1.5), RangeError, "got 1.5");
});
