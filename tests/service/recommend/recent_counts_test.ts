import { sleep } from "../../../src/base/time.ts";
import { RecentCounts, type Span } from "../../../src/service/recommend/recent_counts.ts";
import type { EventStore } from "../../../src/service/store/event_store.ts";
import { openEventStore } from "../../../src/service/store/open_event_store.ts";
import { assertEquals } from "../../assert.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

function view(store: EventStore, second: number) {
  return store.append([{ userId: "ann", productId: "1", type: "view", time: 1000 * second }]);
}

/** How many events each part of a span has. */
async function counts(recent: RecentCounts, store: EventStore, span: Span): Promise<number[]> {
  const parts = await recent.read(store, span);
  return parts.map((tallies) => tallies.reduce((sum, { count }) => sum + count, 0));
}

Deno.test("a span is read by whole days and, at its ends, by hours", async () => {
  using store = await openEventStore({ path: ":memory:" });
  // The first second, the last one, and the seconds around midnight.
  const span = { from: DAY - 2 * HOUR + 1800, to: 2 * DAY + HOUR };
  for (const second of [span.from - 1, span.from, DAY - 1, DAY, 2 * DAY, span.to - 1, span.to]) {
    await view(store, second);
  }
  // 22:30, 23:00, the day, 0:00
  assertEquals(await counts(new RecentCounts(0), store, span), [1, 1, 1, 2]);
  assertEquals(await counts(new RecentCounts(0), store, { from: 5, to: 5 }), []);
});

Deno.test("the current hour is read again after its maximum age, earlier ones later", async () => {
  using store = await openEventStore({ path: ":memory:", now: () => 1000 * (HOUR + 10) });
  const recent = new RecentCounts(200);
  const span = { from: 0, to: 2 * HOUR };
  const viewBoth = () => Promise.all([view(store, 1), view(store, HOUR + 1)]);
  await viewBoth();
  assertEquals(await counts(recent, store, span), [1, 1]);
  await viewBoth();
  assertEquals(await counts(recent, store, span), [1, 1]);
  await sleep(220);
  assertEquals(await counts(recent, store, span), [1, 2]);
});

Deno.test("with a maximum age of 0 everything is read each time", async () => {
  using store = await openEventStore({ path: ":memory:" });
  const recent = new RecentCounts(0);
  for (const expected of [1, 2]) {
    await view(store, 7);
    assertEquals(await counts(recent, store, { from: 0, to: HOUR }), [expected]);
  }
});
