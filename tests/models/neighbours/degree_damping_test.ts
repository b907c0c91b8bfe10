import { degreeDamping } from "../../../src/models/neighbours/degree_damping.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";

Deno.test("the damping rises from 0 to 1, by the same amount each time the users double", () => {
  assertEquals([0, 1, 3, 30, 1e6].map(degreeDamping), [0, 0, 0, 1, 1]);
  // log(2) / log(30 / 3)
  for (const users of [3, 4, 7.5, 15]) {
    assertAlmostEquals(degreeDamping(2 * users) - degreeDamping(users), Math.log10(2), 1e-12);
  }
});

Deno.test("it is near the best of each data set that it was fitted to", () => {
  const best = [[2.2, 0], [5.6, 0.2], [16, 0.8], [20, 0.8], [48, 1]];
  for (const [users, power] of best) assert(Math.abs(degreeDamping(users) - power) < 0.1);
});
