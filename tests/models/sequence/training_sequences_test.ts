import { createRandom } from "../../../src/linalg/random.ts";
import {
  batchesOf,
  holdOutLast,
  packSequences,
  sequencesOf,
  windowsOf,
} from "../../../src/models/sequence/training_sequences.ts";
import { assertEquals } from "../../assert.ts";
import { interactionsOf } from "../../interactions/made_by_hand.ts";

const lists = (sequences: readonly Uint32Array[]) => sequences.map((items) => [...items]);

Deno.test("a user's sequence has the items in order, without immediate repeats", () => {
  const data = interactionsOf([[0, 3, 1, 0], [0, 3, 4, 1], [0, 1, 1, 2], [0, 3, 1, 3], [
    1,
    2,
    1,
    4,
  ]]);
  assertEquals(lists(sequencesOf(data, 1)), [[3, 1, 3], [2]]);
  assertEquals(lists(sequencesOf(data, 2)), [[3, 1, 3]]);
});

Deno.test("windows predict each item but the first once, whole windows last", () => {
  assertEquals(lists(windowsOf([Uint32Array.of(0, 1, 2, 3, 4, 5)], 2)), [
    [3, 4, 5],
    [1, 2, 3],
    [0, 1],
  ]);
  assertEquals(lists(windowsOf([Uint32Array.of(7)], 2)), []);
});

Deno.test("a batch predicts at most so many items", () => {
  const windows = [3, 2, 4, 2].map((length) => new Uint32Array(length));
  const sizes = batchesOf(windows, 3).map((batch) => batch.map(({ length }) => length));
  assertEquals(sizes, [[3, 2], [4], [2]]);
});

Deno.test("packed sequences follow each other", () => {
  assertEquals(packSequences([Uint32Array.of(5, 6), Uint32Array.of(7)]), {
    starts: Uint32Array.of(0, 2, 3),
    items: Uint32Array.of(5, 6, 7),
  });
});

Deno.test("the last items of some sequences are held out, a twentieth of all at most", () => {
  const sequences = Array.from({ length: 10 }, (_, s) => Uint32Array.of(s, s + 1, s + 2, s + 3));
  const { train, histories, next } = holdOutLast(sequences, 5, createRandom(1));
  assertEquals(next.length, 2);
  histories.forEach((items, i) => assertEquals([...items], [3, 2, 1].map((n) => next[i] - n)));
  train.forEach((items, s) => {
    const isHeldOut = next.includes(s + 3);
    assertEquals([...items], [...sequences[s].subarray(0, isHeldOut ? 3 : 4)]);
  });
  assertEquals(holdOutLast(sequences, 1, createRandom(1)).next.length, 1);
  const short = Array.from({ length: 100 }, () => Uint32Array.of(1, 2));
  assertEquals(holdOutLast(short, 5, createRandom(1)).next.length, 0);
});
