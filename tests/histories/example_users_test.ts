import { PackedHistories } from "../../src/histories/packed_histories.ts";
import { InsideHistories } from "../../src/histories/inside.ts";
import { interactionsOf } from "../interactions/made_by_hand.ts";
import { assertEquals } from "../assert.ts";

/** The examples of users u0, u1, … with the given numbers of events. */
function examplesOf(...counts: number[]) {
  const events = counts.flatMap((count, user) =>
    Array.from({ length: count }, () => [user, 0, 1, 0] as const)
  );
  const interactions = interactionsOf(events, { users: counts.length });
  const packed = PackedHistories.pack(interactions);
  return new InsideHistories({ userIds: interactions.userIds, packed }).examples;
}

Deno.test("the example is the user with the longest history of at most 100 events", () => {
  assertEquals(examplesOf(3, 40, 40, 7)[0], "u1");
  assertEquals(examplesOf(3, 5000, 100, 101)[0], "u2");
});

Deno.test("if all histories are longer, the example has the shortest", () => {
  assertEquals(examplesOf(400, 150, 200)[0], "u1");
});

Deno.test("the first users with 3, 8 and 20 events are examples, too, each once", () => {
  assertEquals(examplesOf(8, 20, 3, 3, 8), ["u1", "u2", "u0"]);
  assertEquals(examplesOf(0, 0), ["u0"]);
});
