import { rerank } from "../../../src/service/recommend/rerank.ts";
import { assertEquals } from "../../assert.ts";

// Four candidates on a scale from 1 to 0: 7 (1), 3 (0.9), 5 (0.5), 9 (0). 7 and 3 are the same, 5 and 9 alone.
const candidates = {
  indices: Uint32Array.of(7, 3, 5, 9),
  scores: Float32Array.of(20, 19, 15, 10),
};
const similarity = (a: number, b: number) => a + b === 10 ? 1 : 0;

function order(diversity: number, k = 4, timesShown?: (item: number) => number): number[] {
  return [...rerank(candidates, { k, diversity, similarity, timesShown }).indices];
}

Deno.test("maximal marginal relevance is what one works out by hand", () => {
  assertEquals(order(0), [7, 3, 5, 9]);
  // ½: 7, then 3: 0.45 − 0.5, 5: 0.25, 9: 0.
  assertEquals(order(0.5), [7, 5, 9, 3]);
  // 0.3: 7, then 3: 0.63 − 0.3, 5: 0.35, 9: 0; then 3: 0.33, 9: 0.
  assertEquals(order(0.3), [7, 5, 3, 9]);
  assertEquals(order(1), [7, 5, 9, 3]);
});

Deno.test("a list has as many places as are wanted and there are candidates for", () => {
  assertEquals(order(0.5, 2), [7, 5]);
  assertEquals(order(0.5, 9).length, 4);
  const none = { indices: new Uint32Array(0), scores: new Float32Array(0) };
  assertEquals(rerank(none, { k: 3, diversity: 0.5, similarity }), none);
});

Deno.test("scores stay those of the model, and equal ones keep their order", () => {
  const { scores } = rerank(candidates, { k: 2, diversity: 0.5, similarity });
  assertEquals(scores, Float32Array.of(20, 15));
  const equal = { indices: Uint32Array.of(4, 2, 8), scores: Float32Array.of(1, 1, 1) };
  assertEquals(rerank(equal, { k: 3, diversity: 0, similarity }).indices, equal.indices);
});

Deno.test("each time that an item was shown halves what it is worth", () => {
  const shown = new Map([[7, 1], [3, 3]]);
  // 7: 0.5, 3: 0.1125, 5: 0.5, 9: 0
  assertEquals(order(0, 4, (item) => shown.get(item) ?? 0), [7, 5, 3, 9]);
});
