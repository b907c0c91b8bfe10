import { appendEvents, readEvent } from "../../../../src/service/store/entries/append_events.ts";
import { keys } from "../../../../src/service/store/entries/keys.ts";
import { mergeUsers, readMerges } from "../../../../src/service/store/entries/merge_users.ts";
import { Retention } from "../../../../src/service/store/entries/retention.ts";
import { readCounts } from "../../../../src/service/store/entries/tallies.ts";
import { assertEquals } from "../../../assert.ts";

const retention = new Retention({ now: () => 2000 });
const merge = { from: "guest", to: "ann" };

/** A store whose transactions fail after the first `count`, as if the program had been killed. */
function failingAfter(count: number, kv: Deno.Kv): Deno.Kv {
  let left = count;
  return new Proxy(kv, {
    get(target, name) {
      if (name === "atomic" && left-- <= 0) {
        return () => {
          throw new Error("killed");
        };
      }
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

Deno.test("a merge that is killed after any transaction is completed by the next one", async () => {
  let complete = false;
  for (let transactions = 0; !complete; transactions++) {
    using kv = await Deno.openKv(":memory:");
    const events = Array.from({ length: 15 }, (_, i) => ({
      ...{ userId: "guest", productId: `${i}`, type: "purchase" as const, time: 1000 * i },
      eventId: `e${i}`,
    }));
    await appendEvents(kv, events, { received: 1000 });
    await appendEvents(kv, [{ ...events[3], userId: "ann" }], { received: 500 });
    const killed = failingAfter(transactions, kv);
    try {
      await mergeUsers(killed, merge, { now: 2000, retention });
      complete = true;
    } catch (error) {
      assertEquals((error as Error).message, "killed");
      // Nothing is there twice, and nothing is lost.
      const counts = await readCounts(kv, { from: 0, to: 100 });
      const doubled = counts.find(({ productId }) => productId === "3")!.count;
      assertEquals(counts.reduce((sum, { count }) => sum + count, 0), 14 + doubled);
      await mergeUsers(kv, merge, { now: 2000, retention });
    }
    const moved = await Array.fromAsync(kv.list({ prefix: keys.eventsOf("ann") }), readEvent);
    assertEquals(moved.map(({ eventId }) => eventId), events.map(({ eventId }) => eventId));
    assertEquals(moved.filter(({ origin }) => origin === "guest").length, 14);
    for (const prefix of [keys.eventsOf, keys.eventIdsOf, keys.purchasesOf]) {
      assertEquals(await Array.fromAsync(kv.list({ prefix: prefix("guest") })), []);
    }
    assertEquals(await readMerges(kv, "ann"), {
      absorbed: [{ userId: "guest", since: 0, until: 2000 }],
    });
    assertEquals((await readCounts(kv, { from: 0, to: 100 })).map(({ count }) => count).length, 15);
  }
});
