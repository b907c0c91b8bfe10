import { memoryGrowth } from "../../../../../scripts/bench/lib/http/memory_growth.ts";
import { assertAlmostEquals, assertEquals, assertThrows } from "../../../../assert.ts";

const samplesOf = (bytes: number[]) => bytes.map((bytes, i) => ({ seconds: 10 * i, bytes }));

Deno.test("memory growth compares the first fifth after the warm-up with the last", () => {
  // The first two are in the warm-up. The medians are 200 of 100, 300, 200 and 250 of 240, 250,
  // 900.
  const bytes = [1, 2, 100, 300, 200, ...Array(9).fill(7), 240, 250, 900];
  assertAlmostEquals(memoryGrowth(samplesOf(bytes), 20), 0.25);
  assertEquals(memoryGrowth(samplesOf([5, 5, 9, 1, 5]), 0), 0);
  assertEquals(memoryGrowth(samplesOf([8, 5, 5, 5, 4]), 0), -0.5);
});

Deno.test("fewer than five samples are refused", () => {
  assertThrows(() => memoryGrowth(samplesOf([1, 1, 1, 1, 1]), 1), RangeError, "got 4");
});
