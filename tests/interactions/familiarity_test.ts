import { densityOf, familiarityOf } from "../../src/interactions/familiarity.ts";
import { assertEquals } from "../assert.ts";
import { interactionsOf } from "./made_by_hand.ts";

/** User 0 knows items 0, twice, and 2; user 2 knows item 2. */
const shop = interactionsOf([[0, 0, 1, 0], [0, 2, 1, 1], [0, 0, 1, 2], [2, 2, 1, 3]]);

Deno.test("a user is counted once for each item", () => {
  assertEquals(familiarityOf(shop), { usersOfItem: Uint32Array.of(1, 0, 2), activeUsers: 2 });
});

Deno.test("density is the share of known pairs, of active users and known items", () => {
  assertEquals(densityOf(familiarityOf(shop)), 3 / 4);
});
