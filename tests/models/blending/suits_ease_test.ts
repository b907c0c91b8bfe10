import { suitsEase } from "../../../src/models/blending/suits_ease.ts";
import { assertEquals } from "../../assert.ts";
import { interactionsOf } from "../../interactions/made_by_hand.ts";

/** Each user has one event on each of two products, u and u + 1 of the catalogue. */
function chain(products: number) {
  return interactionsOf(
    Array.from({ length: products }, (_, u) => [
      [u, u, 1, 2 * u] as const,
      [u, (u + 1) % products, 1, 2 * u + 1] as const,
    ]).flat(),
  );
}

Deno.test("ease is tried where users know at least a five-hundredth of the products", () => {
  // 2 of 1,000 is as many as that, 2 of 1,001 is fewer.
  assertEquals(suitsEase(chain(1000)), true);
  assertEquals(suitsEase(chain(1001)), false);
});

Deno.test("products that nobody knows make data larger, but not less dense", () => {
  const data = chain(1000);
  const wider = (items: number) => interactionsOf([], { items, users: 0 }).itemIds;
  assertEquals(suitsEase({ ...data, itemIds: wider(500_000) }), true);
  // 2,000 pairs × 500,001 products are more than 10⁹.
  assertEquals(suitsEase({ ...data, itemIds: wider(500_001) }), false);
});
