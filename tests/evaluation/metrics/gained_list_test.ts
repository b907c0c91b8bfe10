import {
  inversePropensities,
  measureGains,
  valueGains,
} from "../../../src/evaluation/metrics/gained_list.ts";
import { measureList, scanList } from "../../../src/evaluation/list_metrics.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";

const { log2 } = Math;

// Items 0 to 4; nobody knows what item 3 costs.
const prices = valueGains(Float32Array.of(10, 2, 40, 0, 5));

function measure(ranked: readonly number[], relevant: readonly number[], k = 3) {
  return measureGains(scanList(Uint32Array.from(ranked), new Set(relevant), k), prices);
}

Deno.test("hits count what they cost, over the best order of all that could be hit", () => {
  // Wanted: 40, 10 and 2. Found: 2 at rank 1, 40 at rank 3.
  const { recall, ndcg } = measure([1, 4, 2], [0, 1, 2])!;
  assertAlmostEquals(recall, 42 / 52, 1e-12);
  assertAlmostEquals(ndcg, (2 + 40 / 2) / (40 + 10 / log2(3) + 2 / 2), 1e-12);
});

Deno.test("the best list has k items, the dearest", () => {
  // Of 40, 10 and 2 a list of two can have 50.
  assertAlmostEquals(
    measure([0, 1], [0, 1, 2], 2)!.ndcg,
    (10 + 2 / log2(3)) / (40 + 10 / log2(3)),
    1e-12,
  );
  assertAlmostEquals(measure([2, 0, 1], [0, 1, 2], 2)!.ndcg, 1, 1e-12);
  // Recall divides by all that was wanted.
  assertAlmostEquals(measure([2, 0, 1], [0, 1, 2], 2)!.recall, 50 / 52, 1e-12);
});

Deno.test("a product of unknown price is neither a hit nor a miss, but keeps its place", () => {
  assertAlmostEquals(measure([3, 0, 1], [0, 3])!.ndcg, 1 / log2(3), 1e-12);
  assertEquals(measure([3, 0, 1], [0, 3])!.recall, 1);
  assertEquals(measure([3, 4], [0, 3]), { recall: 0, ndcg: 0 });
  assertEquals(measure([3, 0], [3]), undefined);
});

Deno.test("with equal gains, the figures are plain recall and NDCG", () => {
  const equal = new Float64Array(5).fill(7);
  for (const ranked of [[0, 1, 2], [4, 2, 0], [3, 4, 1]]) {
    const list = scanList(Uint32Array.from(ranked), new Set([0, 2, 3, 4]), 3);
    const plain = measureList(list.ranked, list.relevant, 3);
    const { recall, ndcg } = measureGains(list, equal)!;
    assertAlmostEquals(recall, plain.recall, 1e-12);
    assertAlmostEquals(ndcg, plain.ndcg, 1e-12);
  }
});

Deno.test("a seldom known item counts one over the root of its users, by hand", () => {
  const gains = inversePropensities(Uint32Array.of(100, 25, 4, 0));
  assertEquals([...gains], [0.1, 0.2, 0.5, 1]);
  assertEquals([...inversePropensities(Uint32Array.of(100, 25, 0), 0)], [1, 1, 1]);
  assertEquals([...inversePropensities(Uint32Array.of(100, 25, 0), 1)], [0.01, 0.04, 1]);
  // Wanted: items 0 (known to 100) and 2 (known to 4); the popular one was found.
  const { recall, ndcg } = measureGains(scanList(Uint32Array.of(0), new Set([0, 2]), 2), gains)!;
  assertAlmostEquals(recall, 0.1 / 0.6, 1e-12);
  assertAlmostEquals(ndcg, 0.1 / (0.5 + 0.1 / log2(3)), 1e-12);
});
