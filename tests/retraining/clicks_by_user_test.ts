import { MS_PER_MINUTE } from "../../src/base/time.ts";
import { clicksByUser } from "../../src/retraining/clicks_by_user.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { assertEquals } from "../assert.ts";

Deno.test("lists are counted by user in spans of time, with clicks soon after", async () => {
  using store = await openEventStore({ path: ":memory:" });
  const minute = (minutes: number) => Date.UTC(2020, 0, 1) + minutes * MS_PER_MINUTE;
  const shown = { model: "als", productIds: ["7"], positions: [1], propensities: [1] };
  await store.recordExposures([
    { ...shown, userId: "ann", listId: "a1", at: minute(0) },
    { ...shown, userId: "ann", listId: "a2", at: minute(10) },
    { ...shown, userId: "ann", listId: "a3", at: minute(20) },
    { ...shown, userId: "ben", listId: "b1", at: minute(5) },
  ]);
  const view = { productId: "7", type: "view" } as const;
  await store.append([
    { ...view, userId: "ann", listId: "a1", time: minute(1) },
    // Too late.
    { ...view, userId: "ann", listId: "a2", time: minute(40) },
    { ...view, userId: "ann", listId: "a3", time: minute(49) },
    // No click.
    { ...view, userId: "ben", listId: "b1", type: "cart", time: minute(6) },
  ]);
  const spans = [{ from: minute(0), to: minute(20) }, { from: minute(20), to: minute(30) }];
  assertEquals(await clicksByUser(store, spans, { settleMs: 30 * MS_PER_MINUTE }), [
    // Ann: 1 of 2, Ben: 0 of 1.
    {
      ...{ units: 2, numerators: 1, numeratorSquares: 1 },
      ...{ denominators: 3, denominatorSquares: 5, products: 2 },
    },
    {
      ...{ units: 1, numerators: 1, numeratorSquares: 1 },
      ...{ denominators: 1, denominatorSquares: 1, products: 1 },
    },
  ]);
});
