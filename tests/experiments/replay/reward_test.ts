import { InputError } from "../../../src/base/input_error.ts";
import type { ExposureWithOutcomes } from "../../../src/experiments/exposures/exposure.ts";
import { rewardsOf } from "../../../src/experiments/replay/reward.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

function listWith(price: number | undefined): ExposureWithOutcomes {
  const places = { positions: [1, 2, 3], propensities: [0.5, 0.5, 0.5] };
  const about = { listId: "l1", at: 2, by: "listId" } as const;
  return {
    exposure: {
      ...{ listId: "l1", at: 1, userId: "ann", model: "als", productIds: ["a", "b", "c"] },
      ...places,
    },
    outcomes: [
      { ...about, productId: "b", type: "view", position: 2 },
      { ...about, productId: "c", type: "view", position: 3 },
      { ...about, productId: "c", type: "purchase", position: 3, ...(price && { price }) },
    ],
  };
}

Deno.test("a place is worth a click, a cart, a purchase, or the price of what was bought", () => {
  assertEquals(rewardsOf(listWith(4.5), "click"), [0, 1, 1]);
  assertEquals(rewardsOf(listWith(4.5), "cart"), [0, 0, 0]);
  assertEquals(rewardsOf(listWith(4.5), "purchase"), [0, 0, 1]);
  assertEquals(rewardsOf(listWith(4.5), "revenue"), [0, 0, 4.5]);
});

Deno.test("revenue is refused where a purchase has no price", () => {
  assertEquals(rewardsOf(listWith(undefined), "purchase"), [0, 0, 1]);
  assertThrows(
    () => rewardsOf(listWith(undefined), "revenue"),
    InputError,
    "Cannot value list l1 by revenue: the purchase of product c must have a price",
  );
});
