import { MS_PER_DAY, sleep } from "../../../src/base/time.ts";
import { RecentDays } from "../../../src/service/recommend/recent_days.ts";
import { type EventStore, openEventStore } from "../../../src/service/store/event_store.ts";
import { assertEquals } from "../../assert.ts";

function append(store: EventStore, day: number) {
  return store.append([{ userId: "ann", productId: "1", type: "view", time: day * MS_PER_DAY }]);
}

/** How many events of each day are counted. */
async function counts(days: RecentDays, store: EventStore): Promise<[number, number][]> {
  const read = await days.read(store, 2);
  return read.map(({ day, tallies }) => [day, tallies.reduce((sum, { count }) => sum + count, 0)]);
}

Deno.test("the last days up to the latest event are counted", async () => {
  using store = await openEventStore({ path: ":memory:" });
  const days = new RecentDays(60_000);
  assertEquals(await counts(days, store), []);
  await append(store, 7);
  assertEquals(await counts(days, store), [[6, 0], [7, 1]]);
  await append(store, 9);
  assertEquals(await counts(days, store), [[8, 0], [9, 1]]);
});

Deno.test("the latest day is read again after its maximum age, earlier days later", async () => {
  using store = await openEventStore({ path: ":memory:" });
  const days = new RecentDays(200);
  for (const day of [6, 7]) await append(store, day);
  assertEquals(await counts(days, store), [[6, 1], [7, 1]]);
  for (const day of [6, 7]) await append(store, day);
  assertEquals(await counts(days, store), [[6, 1], [7, 1]]);
  await sleep(220);
  assertEquals(await counts(days, store), [[6, 1], [7, 2]]);
});

Deno.test("with a maximum age of 0 days are read each time", async () => {
  using store = await openEventStore({ path: ":memory:" });
  const days = new RecentDays(0);
  for (const expected of [1, 2]) {
    await append(store, 7);
    assertEquals(await counts(days, store), [[6, 0], [7, expected]]);
  }
});
