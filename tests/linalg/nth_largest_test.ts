import { nthLargest } from "../../src/linalg/nth_largest.ts";
import { createRandom } from "../../src/linalg/random.ts";
import { assertEquals } from "../assert.ts";

Deno.test("the nth largest is that of the sorted numbers, at every place", () => {
  const random = createRandom(8);
  for (const most of [3, 70_000, 2 ** 32]) {
    const values = Uint32Array.from({ length: 200 }, () => Math.floor(most * random.next()));
    const sorted = values.toSorted();
    for (let n = 1; n <= values.length; n++) assertEquals(nthLargest(values, n), sorted.at(-n));
  }
});

Deno.test("there is none if there are fewer numbers", () => {
  assertEquals(nthLargest(Uint32Array.of(5), 2), undefined);
  assertEquals(nthLargest(new Uint32Array(0), 0), undefined);
});
