import { createRandom } from "../../src/linalg/random.ts";
import { shortestDecimal } from "../../src/base/float32.ts";
import { assertEquals } from "../assert.ts";

Deno.test("a 32-bit price prints as the shop wrote it", () => {
  for (const price of [0, 0.5, 5.24, 12, 327.78, 0.01, 9999.99]) {
    assertEquals(shortestDecimal(Math.fround(price)), price);
  }
});

Deno.test("the decimal always rounds to the same 32-bit number", () => {
  const random = createRandom(1);
  for (let i = 0; i < 10_000; i++) {
    const value = Math.fround(random.normal() * 10 ** random.integer(20));
    assertEquals(Math.fround(shortestDecimal(value)), value);
  }
});

Deno.test("the extremes of 32-bit numbers survive", () => {
  for (const value of [1.17549435e-38, 1e-45, 3.4028235e38, -16777217]) {
    const single = Math.fround(value);
    assertEquals(Math.fround(shortestDecimal(single)), single);
  }
});
