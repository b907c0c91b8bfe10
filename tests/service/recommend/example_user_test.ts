import { exampleUser } from "../../../src/service/recommend/example_user.ts";
import { interactionsOf } from "../../interactions/made_by_hand.ts";
import { assertEquals } from "../../assert.ts";

/** Users u0, u1, … with so many events each. */
function withEvents(...counts: number[]) {
  const events = counts.flatMap((count, user) =>
    Array.from({ length: count }, () => [user, 0, 1, 0] as const)
  );
  return interactionsOf(events, { users: counts.length });
}

Deno.test("the example is the user with the longest history that a person has", () => {
  assertEquals(exampleUser(withEvents(3, 40, 40, 7)), "u1");
  assertEquals(exampleUser(withEvents(3, 5000, 100, 101)), "u2");
});

Deno.test("where all histories are longer, the example is the shortest", () => {
  assertEquals(exampleUser(withEvents(400, 150, 200)), "u1");
});
