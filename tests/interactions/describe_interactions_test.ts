import { describeInteractions } from "../../src/interactions/describe_interactions.ts";
import { assertEquals } from "../assert.ts";
import { interactionsOf } from "./made_by_hand.ts";

Deno.test("interactions are counted, with their first and last day", () => {
  const interactions = interactionsOf([[0, 1, 1, 0], [1, 0, 4, 86_399], [1, 0, 1, 86_400]]);
  assertEquals(describeInteractions(interactions), {
    users: 2,
    products: 2,
    events: 3,
    from: "1970-01-01",
    to: "1970-01-02",
  });
});
