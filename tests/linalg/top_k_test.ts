import { createRandom, shuffle } from "../../src/linalg/random.ts";
import { topAmong, topK, topOfSome } from "../../src/linalg/top_k.ts";
import { assertEquals, assertThrows } from "../assert.ts";

/** The top k by a full sort: best first, ties by position. */
function bySorting(scores: Float32Array, k: number): number[] {
  return [...scores.keys()]
    .filter((i) => scores[i] > -Infinity)
    .sort((a, b) => scores[b] - scores[a] || a - b)
    .slice(0, k);
}

Deno.test("the best come first, ties by position", () => {
  const { indices, scores } = topK(Float32Array.of(3, 9, 3, 5, 3), 4);
  assertEquals(indices, Uint32Array.of(1, 3, 0, 2));
  assertEquals(scores, Float32Array.of(9, 5, 3, 3));
});

Deno.test("random scores rank as by a full sort, including ties and skipped ones", () => {
  const random = createRandom(1);
  for (const size of [1, 2, 10, 100, 1000]) {
    for (const distinct of [1, 3, 1e6]) {
      const scores = Float32Array.from({ length: size }, () => {
        const dice = random.next();
        return dice < 0.1 ? -Infinity : dice < 0.2 ? NaN : random.integer(distinct) - distinct / 2;
      });
      for (const k of [1, 2, 10, size, size + 5]) {
        const { indices, scores: best } = topK(scores, k);
        const expected = bySorting(scores, k);
        assertEquals([...indices], expected);
        assertEquals([...best], expected.map((i) => scores[i]));
      }
    }
  }
});

Deno.test("ascending and descending scores give the same top k", () => {
  const ascending = Float32Array.from({ length: 500 }, (_, i) => i);
  assertEquals([...topK(ascending, 3).indices], [499, 498, 497]);
  assertEquals([...topK(ascending.toReversed(), 3).indices], [0, 1, 2]);
});

Deno.test("negative scores and Infinity are ranked, -Infinity and NaN are skipped", () => {
  const scores = Float32Array.of(-5, -Infinity, NaN, Infinity, -0, 0);
  assertEquals([...topK(scores, 6).indices], [3, 4, 5, 0]);
  assertEquals(topK(Float32Array.of(-Infinity, NaN), 2).indices, new Uint32Array(0));
  assertEquals(topK(new Float32Array(0), 3).indices, new Uint32Array(0));
});

Deno.test("the scores stay unchanged", () => {
  const scores = Float32Array.of(2, 7, 1);
  topK(scores, 2);
  assertEquals(scores, Float32Array.of(2, 7, 1));
});

Deno.test("k must be a positive whole number", () => {
  for (const k of [0, -1, 1.5, NaN, Infinity]) {
    assertThrows(() => topK(Float32Array.of(1), k), RangeError, `at least 1, got ${k}`);
  }
});

Deno.test("some items rank as they do among all, in whatever order they are given", () => {
  const random = createRandom(2);
  for (const size of [1, 10, 300]) {
    const items = shuffle(Uint32Array.from({ length: size }, (_, i) => 2 * i), random);
    const all = new Float32Array(2 * size).fill(-Infinity);
    const scores = Float32Array.from(items, () => {
      const dice = random.next();
      return dice < 0.1 ? -Infinity : dice < 0.2 ? NaN : random.integer(4);
    });
    items.forEach((item, i) => all[item] = scores[i]);
    for (const k of [1, 7, size + 5]) {
      assertEquals(topAmong({ items, scores }, k), topK(all, k));
      assertEquals(topOfSome(all, items, k), topK(all, k));
    }
  }
  assertThrows(
    () => topAmong({ items: Uint32Array.of(1), scores: Float32Array.of(1) }, 0),
    RangeError,
    "got 0",
  );
});
