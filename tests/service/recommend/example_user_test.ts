import { PackedHistories } from "../../../src/interactions/packed_histories.ts";
import { exampleUser } from "../../../src/service/recommend/example_user.ts";
import { interactionsOf } from "../../interactions/made_by_hand.ts";
import { assertEquals } from "../../assert.ts";

/** Users u0, u1, … with the given numbers of events. */
function withEvents(...counts: number[]) {
  const events = counts.flatMap((count, user) =>
    Array.from({ length: count }, () => [user, 0, 1, 0] as const)
  );
  const interactions = interactionsOf(events, { users: counts.length });
  return { ...interactions, histories: PackedHistories.pack(interactions) };
}

Deno.test("the example is the user with the longest history of at most 100 events", () => {
  assertEquals(exampleUser(withEvents(3, 40, 40, 7)), "u1");
  assertEquals(exampleUser(withEvents(3, 5000, 100, 101)), "u2");
});

Deno.test("if all histories are longer, the example has the shortest", () => {
  assertEquals(exampleUser(withEvents(400, 150, 200)), "u1");
});
