import { popularityDamping } from "../../../src/models/neighbours/popularity_damping.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";

Deno.test("popular items are damped by a tenth in sparse data, more in denser data", () => {
  assertEquals([0, 1e-5, 0.005].map(popularityDamping), [0.1, 0.1, 0.1]);
  assertAlmostEquals(popularityDamping(0.005 * Math.sqrt(10)), 0.3, 1e-12);
  assertAlmostEquals(popularityDamping(0.05), 0.5, 1e-12);
});

Deno.test("popularity never loses more than six tenths of its effect", () => {
  assertEquals([0.1, 1].map(popularityDamping), [0.6, 0.6]);
});
