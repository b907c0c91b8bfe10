import { MS_PER_HOUR as HOUR } from "../../../src/base/time.ts";
import { OnlineCounts } from "../../../src/service/exposures/online_counts.ts";
import { OnlineMetrics } from "../../../src/service/observability/online_metrics.ts";
import { assertEquals } from "../../assert.ts";

const NOW = Date.UTC(2026, 10, 29);
const ORIGIN = { model: "als", placement: "home", experiment: "models", arm: "b" };

/** Counts, and what they come to: impressions, clicks, carts, purchases, revenue. */
function counting(hours = 24) {
  const metrics = new OnlineMetrics();
  const counts = new OnlineCounts(metrics, { hours });
  const { impressions, view, cart, purchase, revenue } = metrics.of(ORIGIN);
  return {
    counts,
    totals: () => [impressions, view, cart, purchase, revenue].map(({ value }) => value),
    show: (listId: string, at = NOW) =>
      counts.shown({
        ...{ ...ORIGIN, listId, at, userId: "ann", productIds: ["7", "9"] },
        ...{ positions: [1, 2], propensities: [1, 1] },
      }),
    event: (
      type: "view" | "cart" | "purchase" | "dislike",
      more: { productId?: string; listId?: string; time?: number; userId?: string } = {},
    ) => ({ userId: "ann", productId: "7", type, time: NOW + 1, price: 4, ...more }),
  };
}

Deno.test("what follows a list is counted for it, each kind once per product", () => {
  const { counts, totals, show, event } = counting();
  show("l1");
  for (const type of ["view", "view", "cart", "purchase", "purchase", "dislike"] as const) {
    counts.happened(event(type));
  }
  counts.happened(event("view", { productId: "9" }));
  counts.happened(event("view", { productId: "3" }));
  counts.happened(event("view", { userId: "bob" }));
  assertEquals(totals(), [1, 2, 1, 1, 4]);
});

Deno.test("a list that is reported again is counted once", () => {
  const { totals, show } = counting();
  show("l1");
  show("l1");
  show("l2");
  assertEquals(totals(), [2, 0, 0, 0, 0]);
});

Deno.test("an event that names a list counts wherever its impression was stored", () => {
  const { counts, totals, show, event } = counting();
  counts.happened(event("view", { listId: "l1" }), { origin: ORIGIN });
  counts.happened(event("view", { listId: "l1" }), { origin: ORIGIN });
  assertEquals(totals(), [0, 1, 0, 0, 0]);
  // Nor is it counted again when the impression comes here, too.
  show("l1");
  counts.happened(event("view", { listId: "l1" }), { origin: ORIGIN });
  assertEquals(totals(), [1, 1, 0, 0, 0]);
});

Deno.test("the window ends, and what came before a list doesn't count", () => {
  const { counts, totals, show, event } = counting(2);
  show("l1");
  counts.happened(event("view", { time: NOW - 1 }));
  counts.happened(event("cart", { time: NOW + 2 * HOUR }));
  assertEquals(totals(), [1, 0, 0, 0, 0]);
  counts.happened(event("cart", { time: NOW + 2 * HOUR - 1 }));
  assertEquals(totals(), [1, 0, 1, 0, 0]);
});

Deno.test("the latest list of many that showed the product counts", () => {
  const { counts, totals, show, event } = counting();
  for (let i = 0; i < 30; i++) show(`l${i}`, NOW + i);
  counts.happened(event("view", { time: NOW + 100 }));
  // Older than the latest twenty: counted by what its id says.
  counts.happened(event("view", { listId: "l0", time: NOW + 100 }), { origin: ORIGIN });
  assertEquals(totals(), [30, 2, 0, 0, 0]);
});
