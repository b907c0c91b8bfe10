import { logGamma } from "../../src/experiments/log_gamma.ts";
import { assertAlmostEquals } from "../assert.ts";

Deno.test("it is the logarithm of factorials and of the root of π", () => {
  let factorial = 0;
  for (let n = 1; n < 170; n++) {
    assertAlmostEquals(logGamma(n), factorial, 1e-10);
    factorial += Math.log(n);
  }
  assertAlmostEquals(logGamma(0.5), Math.log(Math.PI) / 2, 1e-13);
});

Deno.test("large numbers keep the difference ln x between neighbours", () => {
  assertAlmostEquals(logGamma(1e6 + 1) - logGamma(1e6), Math.log(1e6), 1e-8);
});
