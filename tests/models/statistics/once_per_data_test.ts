import { ratingMatrix } from "../../../src/interactions/interactions.ts";
import { groupBySession } from "../../../src/interactions/sessions.ts";
import { ratingsOf, sessionsOf } from "../../../src/models/statistics/once_per_data.ts";
import { assert, assertEquals } from "../../assert.ts";
import { blockInteractions } from "../block_data.ts";

const data = blockInteractions();

Deno.test("the ratings of the same data and rule are made once", () => {
  assertEquals(ratingsOf(data, "max"), ratingMatrix(data, "max"));
  assertEquals(ratingsOf(data, "sum"), ratingMatrix(data, "sum"));
  assert(ratingsOf(data, "max") === ratingsOf(data, "max"));
  assert(ratingsOf({ ...data }, "max") !== ratingsOf(data, "max"));
});

Deno.test("the sessions of the same data are grouped once", () => {
  assertEquals(sessionsOf(data), groupBySession(data));
  assert(sessionsOf(data) === sessionsOf(data));
});
