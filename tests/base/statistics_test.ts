import { mean, median, sum } from "../../src/base/statistics.ts";
import { assertEquals } from "../assert.ts";

Deno.test("the median is the middle number, or the mean of the two in the middle", () => {
  assertEquals(median([3]), 3);
  assertEquals(median([10, 1, 2]), 2);
  assertEquals(median([10, 1, 2, 4]), 3);
});

Deno.test("sums and means work on arrays and typed arrays; no numbers sum to 0", () => {
  assertEquals(sum([1, 2, 4.5]), 7.5);
  assertEquals(sum(new Set([1, 2])), 3);
  assertEquals(sum([]), 0);
  assertEquals(mean(Float32Array.of(1, 2, 6)), 3);
  assertEquals(mean([]), NaN);
});
