import { median, medians } from "../../../../scripts/bench/lib/median.ts";
import { assertEquals } from "../../../assert.ts";

Deno.test("the median is the middle value, or the mean of the two in the middle", () => {
  assertEquals(median([3]), 3);
  assertEquals(median([10, 1, 2]), 2);
  assertEquals(median([10, 1, 2, 4]), 3);
});

Deno.test("several runs have a median for each metric", () => {
  assertEquals(medians([{ a: 1, b: 9 }, { a: 5, b: 7 }, { a: 3, b: 8 }]), { a: 3, b: 8 });
});
