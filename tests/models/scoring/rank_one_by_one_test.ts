import { topK } from "../../../src/linalg/top_k.ts";
import { rankOneByOne } from "../../../src/models/scoring/rank_one_by_one.ts";
import { assertEquals, assertThrows } from "../../assert.ts";
import { viewed } from "../../interactions/made_by_hand.ts";

/** Item i of four scores i times the history's first item; says what it scored and ranked. */
function recording() {
  const scored: number[] = [];
  const ranked: Uint32Array[] = [];
  const { rankBatch } = rankOneByOne({
    itemCount: 4,
    scoresOf: ({ items }) => {
      scored.push(items[0]);
      return Float32Array.from({ length: 4 }, (_, item) => item * items[0]);
    },
    top(scores, hidden, k) {
      ranked.push(hidden);
      return topK(scores.map((score, item) => hidden.includes(item) ? -Infinity : score), k);
    },
    some: (scores, items) => Float32Array.from(items, (item) => scores[item]),
  });
  return { scored, ranked, rankBatch };
}

const itemsOf = (lists: readonly { indices: Uint32Array }[]) =>
  lists.map(({ indices }) => [...indices]);
const none = new Uint32Array(0);

Deno.test("a history that follows itself is scored once", () => {
  const { scored, ranked, rankBatch } = recording();
  const [a, b] = [viewed([3]), viewed([5])];
  const hidden = [0, 3, 2, 1].map((item) => Uint32Array.of(item));
  assertEquals(itemsOf(rankBatch([a, a, b, a], hidden, 2)), [[3, 2], [2, 1], [3, 1], [3, 2]]);
  assertEquals(scored, [3, 5, 3]);
  assertEquals(ranked.length, 4);
  assertEquals(rankBatch([], [], 1), []);
  assertThrows(() => rankBatch([a], [none], 1.5), RangeError, "got 1.5");
});

Deno.test("a list of all items is made of the one that follows without some of them", () => {
  const { ranked, rankBatch } = recording();
  const history = viewed([2]);
  // An item may be hidden twice, or be unknown.
  const own = Uint32Array.of(3, 1, 9, 3);
  const lists = rankBatch([history, history], [none, own], 3);
  assertEquals(lists, [
    { indices: Uint32Array.of(3, 2, 1), scores: Float32Array.of(6, 4, 2) },
    { indices: Uint32Array.of(2, 0), scores: Float32Array.of(4, 0) },
  ]);
  assertEquals(ranked, [own]);
  // With another history after it, or none, there is nothing to make it of.
  assertEquals(itemsOf(rankBatch([history, viewed([1]), history], [none, own, none], 2)), [
    [3, 2],
    [2, 0],
    [3, 2],
  ]);
  assertEquals(ranked, [own, none, own, none]);
});
