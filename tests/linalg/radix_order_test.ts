import { radixOrder } from "../../src/linalg/radix_order.ts";
import { createRandom } from "../../src/linalg/random.ts";
import { assertEquals } from "../assert.ts";

Deno.test("the order of scores is that of a sort by comparison, ties by position", () => {
  const random = createRandom(1);
  for (const range of [3, 1000, 1e30]) {
    const scores = Float32Array.from({ length: 500 }, () => (random.next() - 0.5) * range);
    const whole = scores.map(Math.trunc);
    for (const given of [scores, whole]) {
      const expected = [...given.keys()].sort((a, b) => given[b] - given[a] || a - b);
      assertEquals([...radixOrder(given)], expected);
    }
  }
});

Deno.test("both zeros tie, Infinity comes first, NaN and -Infinity are left out", () => {
  const scores = Float32Array.of(0, -1e-45, -0, NaN, Infinity, -Infinity, 1e-45, 0);
  assertEquals(radixOrder(scores), Uint32Array.of(4, 6, 0, 2, 7, 1));
});

Deno.test("a part of an array is ordered by its own positions, and no scores have no order", () => {
  assertEquals(radixOrder(Float32Array.of(9, 1, 2).subarray(1)), Uint32Array.of(1, 0));
  assertEquals(radixOrder(Float32Array.of(NaN, -Infinity)), new Uint32Array(0));
  assertEquals(radixOrder(new Float32Array(0)), new Uint32Array(0));
});
