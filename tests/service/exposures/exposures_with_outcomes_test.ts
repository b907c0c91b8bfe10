import {
  comesBefore,
  readUserExposures,
} from "../../../src/service/exposures/exposures_with_outcomes.ts";
import { openEventStore } from "../../../src/service/store/open_event_store.ts";
import type { Exposure } from "../../../src/experiments/exposures/exposure.ts";
import { assertEquals } from "../../assert.ts";

function shown(userId: string, listId: string): Exposure {
  return {
    ...{ userId, listId, at: 1000, model: "als", productIds: ["7"] },
    ...{ positions: [1], propensities: [1] },
  };
}

function view(userId: string, price?: number) {
  return {
    ...{ userId, productId: "7", type: "view" as const, time: 2000 },
    ...(price !== undefined && { price }),
  };
}

/** In the order of their UTF-8 bytes: a surrogate stands for what is above all others. */
const USERS = ["", "a", "ab", "b", "ä", "語", "\uffee", "😀", "😀a"];

Deno.test("ids are compared as stores sort them", () => {
  const bytes = (text: string) => new TextEncoder().encode(text).toHex();
  for (const a of USERS) {
    for (const b of USERS) assertEquals(comesBefore(a, b), bytes(a) < bytes(b), `${a} ${b}`);
  }
});

Deno.test("events are joined with the lists of their user, whoever else has either", async () => {
  using store = await openEventStore({ path: ":memory:" });
  const [, ...users] = USERS;
  const exposed = users.filter((_, i) => i % 3 !== 0), active = users.filter((_, i) => i % 2 === 0);
  await store.recordExposures(exposed.map((user) => shown(user, "l1")));
  await store.append(active.map((user) => view(user)));
  const read = await Array.fromAsync(readUserExposures(store));
  assertEquals(
    read.map(({ userId, lists, events }) => [
      userId,
      lists.flatMap(({ outcomes }) => outcomes).length,
      events.length,
    ]),
    exposed.map((user) => active.includes(user) ? [user, 1, 1] : [user, 0, 0]),
  );
});

Deno.test("an event without a price has the product's", async () => {
  using store = await openEventStore({ path: ":memory:" });
  await store.recordExposures([shown("ann", "l1"), shown("bob", "l1"), shown("cid", "l1")]);
  await store.append([view("ann"), view("bob", 3)]);
  const prices = async (priceOf?: (id: string) => number) => {
    const all = await Array.fromAsync(readUserExposures(store, { priceOf }));
    return all.map(({ lists: [{ outcomes: [outcome] }] }) => outcome?.price);
  };
  assertEquals(await prices((id) => Number(id)), [7, 3, undefined]);
  assertEquals(await prices(), [undefined, 3, undefined]);
});
