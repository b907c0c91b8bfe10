import { rerank } from "../../../src/models/reranking/rerank.ts";
import { assertEquals } from "../../assert.ts";

// Four candidates, scaled from 1 to 0: 7 (1), 3 (0.9), 5 (0.5), 9 (0).
// Only 7 and 3 are similar.
const candidates = {
  indices: Uint32Array.of(7, 3, 5, 9),
  scores: Float32Array.of(20, 19, 15, 10),
};
const similarity = (a: number, b: number) => a + b === 10 ? 1 : 0;
const timesShown = () => 0;

function order(diversity: number, k = 4): number[] {
  return [...rerank(candidates, { k, diversity, similarity, timesShown }).indices];
}

Deno.test("the order is that of maximal marginal relevance by hand", () => {
  assertEquals(order(0), [7, 3, 5, 9]);
  // ½: 7, then 3: 0.45 − 0.5, 5: 0.25, 9: 0.
  assertEquals(order(0.5), [7, 5, 9, 3]);
  // 0.3: 7, then 3: 0.63 − 0.3, 5: 0.35, 9: 0; then 3: 0.33, 9: 0.
  assertEquals(order(0.3), [7, 5, 3, 9]);
  assertEquals(order(1), [7, 5, 9, 3]);
});

Deno.test("a list has k items if there are as many candidates", () => {
  assertEquals(order(0.5, 2), [7, 5]);
  assertEquals(order(0.5, 9).length, 4);
  const none = { indices: new Uint32Array(0), scores: new Float32Array(0) };
  assertEquals(rerank(none, { k: 3, diversity: 0.5, similarity, timesShown }), none);
});

Deno.test("scores stay those of the model, and ties keep their order", () => {
  const { scores } = rerank(candidates, { k: 2, diversity: 0.5, similarity, timesShown });
  assertEquals(scores, Float32Array.of(20, 15));
  const equal = { indices: Uint32Array.of(4, 2, 8), scores: Float32Array.of(1, 1, 1) };
  assertEquals(
    rerank(equal, { k: 3, diversity: 0, similarity, timesShown }).indices,
    equal.indices,
  );
});

Deno.test("each time an item was shown halves its relevance", () => {
  const shown = new Map([[7, 1], [3, 3]]);
  // 7: 0.5, 3: 0.1125, 5: 0.5, 9: 0
  const options = { k: 4, diversity: 0, similarity };
  const ranked = rerank(candidates, { ...options, timesShown: (item) => shown.get(item) ?? 0 });
  assertEquals([...ranked.indices], [7, 5, 3, 9]);
});

Deno.test("calibration gives each category the user's share, by hand", () => {
  // 7 and 3 are in category 1, 5 in category 2, 9 in an unknown one.
  const categories = Uint32Array.of(0, 0, 0, 1, 0, 2, 0, 1, 0, 0);
  const shares = new Map([[1, 0.5], [2, 0.5]]);
  const order = (
    weight: number,
  ) => [...rerank(candidates, { k: 4, calibration: { weight, shares, categories } }).indices];
  assertEquals(order(0), [7, 3, 5, 9]);
  // Errors: 1 category alone ½·ln(.5 / .995) + ½·ln(.5 / .005) = 1.96, both halves 0.
  // ½: 7: ½·(1 − 1.96), 5: ½·(.5 − 1.96); then 3: ½·(.9 − 1.96), 5: ½·(.5 − 0).
  // Then 3: ½·(.9 − .06), with shares of ⅔ and ⅓, and 9: 0.
  assertEquals(order(0.5), [7, 5, 3, 9]);
  // A small weight: then 3: .9·.9 − .1·1.96 = .61, 5: .9·.5 = .45.
  assertEquals(order(0.1), [7, 3, 5, 9]);
});

Deno.test("calibration and diversity work together", () => {
  // All are in the user's only category, so every list has the error 0.
  const calibration = {
    weight: 0.5,
    shares: new Map([[1, 1]]),
    categories: new Uint32Array(10).fill(1),
  };
  const options = { k: 4, similarity, calibration };
  assertEquals([...rerank(candidates, { ...options, diversity: 0.5 }).indices], [7, 5, 9, 3]);
});

Deno.test("without shares of the user's, calibration changes nothing", () => {
  const calibration = { weight: 1, shares: new Map(), categories: new Uint32Array(10) };
  assertEquals([...rerank(candidates, { k: 4, calibration }).indices], [7, 3, 5, 9]);
});
