import { proportion } from "../../../src/analysis/tables/proportion.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";

Deno.test("Wilson's interval agrees with Newcombe's table of 1998", () => {
  // Newcombe, "Two-sided confidence intervals for the single proportion", table I, method 3.
  for (
    const [part, whole, low, high] of [
      [81, 263, .2553, .3662],
      [15, 148, .0624, .1605],
      [0, 20, 0, .1611],
      [1, 29, .0061, .1718],
    ]
  ) {
    const interval = proportion(part, whole);
    assertAlmostEquals(interval.share, part / whole);
    assertAlmostEquals(interval.low, low, 5e-5);
    assertAlmostEquals(interval.high, high, 5e-5);
  }
});

Deno.test("the interval ends exactly at 0 and 1", () => {
  assertEquals(proportion(0, 5).low, 0);
  assertEquals(proportion(5, 5).high, 1);
});

Deno.test("without counts, the share is NaN and the interval is everything", () => {
  assertEquals(proportion(0, 0), { share: NaN, low: 0, high: 1 });
});
