import { categoryShares } from "../../../src/models/reranking/category_shares.ts";
import { assertEquals } from "../../assert.ts";
import { viewed } from "../../interactions/made_by_hand.ts";

Deno.test("shares are those of the events' weights in each known category", () => {
  const history = { items: Uint32Array.of(0, 2, 1, 0), weights: Float32Array.of(1, 2, 4, 1) };
  // Item 1 has no known category, so 2 of 4 are in category 5 and 2 in category 7.
  assertEquals(
    [...categoryShares(history, Uint32Array.of(5, 0, 7))],
    [[5, 0.5], [7, 0.5]],
  );
});

Deno.test("a history of unknown categories, or none, has no shares", () => {
  assertEquals(categoryShares(viewed([0, 1]), Uint32Array.of(0, 0)).size, 0);
  assertEquals(categoryShares(viewed([]), Uint32Array.of(1)).size, 0);
});
