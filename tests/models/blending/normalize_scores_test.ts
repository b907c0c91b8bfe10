import type { ScoreRange } from "../../../src/linalg/kernels/item_vectors.ts";
import {
  NORMALIZATIONS,
  normalizeScores,
  unitRange,
} from "../../../src/models/blending/normalize_scores.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";

function normalized(scores: number[], normalization: typeof NORMALIZATIONS[number]): number[] {
  const copy = Float32Array.from(scores);
  normalizeScores(copy, normalization);
  return [...copy];
}

Deno.test("z-scores count standard deviations from the mean", () => {
  // mean 3, variance (4 + 0 + 4 + 0) / 4 = 2
  assertEquals(
    normalized([1, 3, 5, 3], "zscore"),
    [-Math.SQRT2, 0, Math.SQRT2, 0].map(Math.fround),
  );
});

Deno.test("min-max puts the least at 0 and the largest at 1", () => {
  assertEquals(normalized([-2, 2, 0, -1], "minmax"), [0, 1, 0.5, 0.25]);
});

Deno.test("between bounds on both sides of 0, what a model says nothing of counts 0", () => {
  const normalize = (bounds: ScoreRange) => {
    const scores = Float32Array.of(-3, 0, 1, 2);
    normalizeScores(scores, "bounds", bounds);
    return [...scores];
  };
  assertEquals(normalize({ least: -6, largest: 2 }), [-1.5, 0, 0.5, 1]);
  // Bounds on one side are what they are for minmax.
  assertEquals(unitRange({ least: 1, largest: 5 }, "bounds"), { least: 1, largest: 5 });
  assertEquals(unitRange({ least: -6, largest: -2 }, "bounds"), { least: -6, largest: -2 });
  assertEquals(unitRange({ least: -6, largest: 2 }, "minmax"), { least: -6, largest: 2 });
});

Deno.test("bounds put what a model can't score less at 0 and what it can't score more at 1", () => {
  const scores = Float32Array.of(2, 6, 4, 3);
  normalizeScores(scores, "bounds", { least: 0, largest: 8 });
  assertEquals(scores, Float32Array.of(0.25, 0.75, 0.5, 0.375));
  // A model that knows no bounds has those of its scores.
  assertEquals(normalized([2, 6, 4, 3], "bounds"), [0, 1, 0.5, 0.25]);
});

Deno.test("ranks count 1 / (60 + rank), equal scores by position", () => {
  assertEquals(normalized([3, 9, 3], "rank"), [1 / 62, 1 / 61, 1 / 63].map(Math.fround));
});

Deno.test("ranks below a thousand count 0", () => {
  const scores = normalized(Array.from({ length: 1002 }, (_, item) => -item), "rank");
  assertAlmostEquals(scores[999], 1 / 1060, 1e-9);
  assertEquals(scores.slice(1000), [0, 0]);
});

Deno.test("equal scores become 0", () => {
  for (const normalization of NORMALIZATIONS) {
    assertEquals(normalized([7, 7, 7], normalization), [0, 0, 0]);
    assertEquals(normalized([7], normalization), [0]);
  }
});

Deno.test("normalization keeps the order", () => {
  const scores = Array.from({ length: 50 }, (_, item) => Math.sin(item) * 1e-20);
  const order = (values: number[]) => values.map((_, i) => i).sort((a, b) => values[b] - values[a]);
  for (const normalization of NORMALIZATIONS) {
    const after = normalized(scores, normalization);
    assert(after.every(Number.isFinite));
    assertEquals(order(after), order(scores));
  }
});
