import {
  LIST_METRIC_COLUMNS,
  LIST_METRIC_NAMES,
  type ListMetrics,
  measureList,
} from "../../src/evaluation/list_metrics.ts";
import { assertAlmostEquals, assertEquals, assertThrows } from "../assert.ts";

/** Every metric's value for a list of 4 with hits at ranks 1 and 3, and three relevant items. */
const BY_HAND: ListMetrics = {
  precision: 2 / 4,
  recall: 2 / 3,
  // Gains 1 + 1/2; the best three are 1 + 1/log₂3 + 1/2 = 2.130930.
  ndcg: 1.5 / 2.1309297535714573,
  // Precisions 1/1 and 2/3 at the hits, over min(4, 3) = 3.
  map: (1 + 2 / 3) / 3,
  mrr: 1,
  hitRate: 1,
};

Deno.test("a list with hits at ranks 1 and 3 of 4 scores as worked out by hand", () => {
  const metrics = measureList(Uint32Array.of(7, 1, 8, 2), new Set([7, 8, 9]), 4);
  for (const name of LIST_METRIC_NAMES) assertAlmostEquals(metrics[name], BY_HAND[name], 1e-12);
});

Deno.test("a perfect list scores 1 in every metric, one without hits 0", () => {
  const relevant = new Set([3, 4]);
  const scores = (ranked: Uint32Array) => new Set(Object.values(measureList(ranked, relevant, 2)));
  assertEquals(scores(Uint32Array.of(4, 3)), new Set([1]));
  assertEquals(scores(Uint32Array.of(1, 2)), new Set([0]));
  assertEquals(scores(new Uint32Array(0)), new Set([0]));
});

Deno.test("with fewer relevant items than k NDCG and MAP can be 1, precision can't", () => {
  const { precision, ndcg, map } = measureList(Uint32Array.of(5, 1, 2, 3), new Set([5]), 4);
  assertEquals([precision, ndcg, map], [1 / 4, 1, 1]);
});

Deno.test("with more relevant items than k NDCG and MAP can be 1, recall can't", () => {
  const { recall, ndcg, map } = measureList(Uint32Array.of(1, 2), new Set([1, 2, 3, 4, 5]), 2);
  assertEquals([recall, ndcg, map], [2 / 5, 1, 1]);
});

Deno.test("a list shorter than k isn't rewarded for being short", () => {
  assertEquals(measureList(Uint32Array.of(1), new Set([1, 2]), 10).precision, 1 / 10);
});

Deno.test("items after the k-th don't count", () => {
  const metrics = measureList(Uint32Array.of(1, 2, 3), new Set([3]), 2);
  assertEquals(new Set(Object.values(metrics)), new Set([0]));
});

Deno.test("a list can't be measured without a relevant item or with k of 0", () => {
  assertThrows(() => measureList(Uint32Array.of(1), new Set(), 5), RangeError, "got none");
  assertThrows(() => measureList(Uint32Array.of(1), new Set([1]), 0), RangeError, "got 0");
});

Deno.test("tables show every metric once, the one that decides first", () => {
  assertEquals(LIST_METRIC_COLUMNS[0], "ndcg");
  assertEquals(LIST_METRIC_COLUMNS.toSorted(), LIST_METRIC_NAMES.toSorted());
});
