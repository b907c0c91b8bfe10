import { measureList, novelty, ratingErrors } from "../../src/evaluation/metrics.ts";
import { assertAlmostEquals, assertEquals, assertThrows } from "../assert.ts";

const NOTHING = { precision: 0, recall: 0, ndcg: 0, map: 0, mrr: 0, hitRate: 0 };
const PERFECT = { precision: 1, recall: 1, ndcg: 1, map: 1, mrr: 1, hitRate: 1 };

Deno.test("a list with hits at ranks 1 and 3 of 4 scores as worked out by hand", () => {
  const metrics = measureList(Uint32Array.of(7, 1, 8, 2), new Set([7, 8, 9]), 4);
  assertEquals(metrics.precision, 2 / 4);
  assertEquals(metrics.recall, 2 / 3);
  // Gains 1 + 1/2; the best three are 1 + 1/log₂3 + 1/2 = 2.130930.
  assertAlmostEquals(metrics.ndcg, 1.5 / 2.1309297535714573, 1e-12);
  // Precisions 1/1 and 2/3 at the hits, over min(4, 3) = 3.
  assertAlmostEquals(metrics.map, (1 + 2 / 3) / 3, 1e-12);
  assertEquals([metrics.mrr, metrics.hitRate], [1, 1]);
});

Deno.test("a perfect list scores 1 in everything, one without hits 0", () => {
  const relevant = new Set([3, 4]);
  assertEquals(measureList(Uint32Array.of(4, 3), relevant, 2), PERFECT);
  assertEquals(measureList(Uint32Array.of(1, 2), relevant, 2), NOTHING);
  assertEquals(measureList(new Uint32Array(0), relevant, 2), NOTHING);
});

Deno.test("fewer relevant items than k leave NDCG and MAP at 1, precision below", () => {
  const metrics = measureList(Uint32Array.of(5, 1, 2, 3), new Set([5]), 4);
  assertEquals(metrics, { ...PERFECT, precision: 1 / 4 });
});

Deno.test("more relevant items than k leave NDCG and MAP at 1, recall below", () => {
  const metrics = measureList(Uint32Array.of(1, 2), new Set([1, 2, 3, 4, 5]), 2);
  assertEquals(metrics, { ...PERFECT, recall: 2 / 5 });
});

Deno.test("a list shorter than k is not rewarded for being short", () => {
  assertEquals(measureList(Uint32Array.of(1), new Set([1, 2]), 10).precision, 1 / 10);
});

Deno.test("items after the k-th don't count", () => {
  assertEquals(measureList(Uint32Array.of(1, 2, 3), new Set([3]), 2), NOTHING);
});

Deno.test("measuring needs something relevant and a positive k", () => {
  assertThrows(() => measureList(Uint32Array.of(1), new Set(), 5), RangeError, "got none");
  assertThrows(() => measureList(Uint32Array.of(1), new Set([1]), 0), RangeError, "got 0");
});

Deno.test("novelty is the mean of log₂(users / users who knew the item)", () => {
  // 8 users: item 0 known to all (0 bits), item 1 to two (2 bits), item 2 to nobody (3 bits).
  assertEquals(novelty(Uint32Array.of(0, 1), Uint32Array.of(8, 2, 0), 8), 1);
  assertEquals(novelty(Uint32Array.of(2), Uint32Array.of(8, 2, 0), 8), 3);
  assertEquals(novelty(new Uint32Array(0), Uint32Array.of(1), 8), 0);
});

Deno.test("RMSE weighs large errors more than MAE does", () => {
  // Errors 3 and −1: √((9 + 1)/2) and (3 + 1)/2.
  assertEquals(ratingErrors([4, 1], [1, 2]), { rmse: Math.sqrt(5), mae: 2 });
  assertThrows(() => ratingErrors([], []), RangeError, "got 0 and 0");
  assertThrows(() => ratingErrors([1], [1, 2]), RangeError, "got 1 and 2");
});
