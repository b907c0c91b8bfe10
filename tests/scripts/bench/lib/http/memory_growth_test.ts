import { memoryGrowth } from "../../../../../scripts/bench/lib/http/memory_growth.ts";
import { assertAlmostEquals, assertEquals, assertThrows } from "../../../../assert.ts";

const samplesOf = (bytes: number[]) => bytes.map((bytes, i) => ({ seconds: 10 * i, bytes }));

Deno.test("memory grows from the first fifth after warming up to the last", () => {
  // The first two are of the warm-up; 100, 300, 200 → 200 and 240, 250, 900 → 250.
  const bytes = [1, 2, 100, 300, 200, ...Array(9).fill(7), 240, 250, 900];
  assertAlmostEquals(memoryGrowth(samplesOf(bytes), 20), 0.25);
  assertEquals(memoryGrowth(samplesOf([5, 5, 9, 1, 5]), 0), 0);
  assertEquals(memoryGrowth(samplesOf([8, 5, 5, 5, 4]), 0), -0.5);
});

Deno.test("too few samples tell nothing", () => {
  assertThrows(() => memoryGrowth(samplesOf([1, 1, 1, 1, 1]), 1), RangeError, "got 4");
});
