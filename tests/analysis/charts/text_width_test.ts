import { textWidth } from "../../../src/analysis/charts/text_width.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";

Deno.test("widths are Helvetica's, with a margin for wider fonts", () => {
  // H 722, i 222: 944 thousandths of 10 pixels, and 15% more.
  assertAlmostEquals(textWidth("Hi", 10), 9.44 * 1.15);
  assertAlmostEquals(textWidth("~", 1000), 584 * 1.15);
  assertEquals(textWidth("", 10), 0);
});

Deno.test("characters outside the table have a width too", () => {
  assertAlmostEquals(textWidth("–é", 10), 12 * 1.15);
});
