import { EVENT_WEIGHTS } from "../../../src/interactions/event_weights.ts";
import { boughtTogether } from "../../../src/pages/shop/bought_together.ts";
import { assertEquals } from "../../assert.ts";
import { PackedHistories } from "../../../src/interactions/packed_histories.ts";
import { type HandEvent, interactionsOf } from "../../interactions/made_by_hand.ts";

const BUY = EVENT_WEIGHTS.purchase;
/** The histories of three users. */
function historiesOf(events: readonly HandEvent[], items: number): PackedHistories {
  return PackedHistories.pack(interactionsOf(events, { users: 3, items }));
}

const options = { eventWeights: EVENT_WEIGHTS, most: 10 };

Deno.test("products bought within a day of one by the most users come first", () => {
  const histories = historiesOf([
    ...[[0, 0, BUY, 0], [0, 1, BUY, 10], [0, 2, BUY, 20]] as const,
    ...[[1, 0, BUY, 0], [1, 2, BUY, 86_400], [1, 3, BUY, 86_401]] as const,
    // Looking isn't buying.
    ...[[2, 0, BUY, 0], [2, 1, EVENT_WEIGHTS.cart, 5]] as const,
  ], 4);
  assertEquals(boughtTogether(histories, 0, options), [2, 1]);
  assertEquals(boughtTogether(histories, 0, { ...options, most: 1 }), [2]);
  assertEquals(boughtTogether(histories, 3, options), [2]);
});

Deno.test("a user who buys a product twice counts once", () => {
  const histories = historiesOf([
    ...[[0, 0, BUY, 0], [0, 1, BUY, 1], [0, 0, BUY, 2]] as const,
    ...[[1, 0, BUY, 0], [1, 2, BUY, 1], [2, 0, BUY, 0], [2, 2, BUY, 1]] as const,
  ], 3);
  assertEquals(boughtTogether(histories, 0, options), [2, 1]);
});
