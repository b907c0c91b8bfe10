import { largest } from "../../src/linalg/largest.ts";
import { createRandom } from "../../src/linalg/random.ts";
import { assertEquals } from "../assert.ts";

Deno.test("the largest are the end of the sorted numbers, repeats among them", () => {
  const random = createRandom(6);
  for (const size of [0, 1, 2, 3, 10, 500]) {
    for (const distinct of [1, 3, 1e6]) {
      const values = Uint32Array.from({ length: size }, () => random.integer(distinct));
      for (const inOrder of [values, values.toSorted(), values.toSorted().reverse()]) {
        for (const count of [0, 1, 2, size >> 1, size - 1, size, size + 3]) {
          if (count < 0) continue;
          const expected = [...values].sort((a, b) => b - a).slice(0, count);
          assertEquals([...largest(inOrder.slice(), count)], expected);
        }
      }
    }
  }
});
