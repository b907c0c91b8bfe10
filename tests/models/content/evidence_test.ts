import { textColumn } from "../../../src/interactions/catalogue.ts";
import { IdMap } from "../../../src/interactions/id_map.ts";
import { groupByUser, type ShopInteractions } from "../../../src/interactions/interactions.ts";
import { findEvidence } from "../../../src/models/content/evidence.ts";
import { statisticsOf } from "../../../src/models/statistics/statistics_of.ts";
import { assertEquals } from "../../assert.ts";

const DAY = 86_400;

/**
 * Events of one user: of each product the day of the first event and how many there are. All happen
 * at once but for the first product's, of which another one happens on day 20. Products are of two
 * brands in turn.
 */
function shop(products: readonly [day: number, events: number][]): ShopInteractions {
  const events = products.flatMap(([day, count], item) =>
    Array.from(
      { length: count },
      (_, i) => ({ item, time: DAY * (item === 0 && i > 0 ? 20 : day) }),
    )
  ).toSorted((a, b) => a.time - b.time);
  return {
    ...groupByUser({
      userIds: IdMap.from(["ann"]),
      itemIds: IdMap.from(products.map((_, item) => `${item}`)),
      users: new Uint32Array(events.length),
      items: Uint32Array.from(events, ({ item }) => item),
      weights: new Float32Array(events.length).fill(1),
      times: Uint32Array.from(events, ({ time }) => time),
    }),
    catalogue: {
      brand: textColumn(products.map((_, item) => ["a", "b"][item % 2])),
      categoryId: textColumn(products.map(() => "1")),
      categoryCode: textColumn(products.map(() => "unknown")),
      price: new Float32Array(products.length),
    },
  };
}

Deno.test("stand-ins of newcomers are similar products that are none, more with time", () => {
  const { events, newcomers, needed, starts, standIns } = findEvidence(
    shop([[0, 300], [0, 1], [0, 20], [18, 2], [20, 1], [18, 14], [18, 15], [13, 1]]),
    { priceBands: 1 },
  )!;
  // The eighth product came before day 14: it may only look new. The seventh is no newcomer any
  // more: 4 + 15 + 2 is above 20.
  assertEquals(events, Uint8Array.of(255, 1, 20, 2, 1, 14, 15, 1));
  assertEquals(newcomers, Uint32Array.of(3, 4, 5));
  assertEquals(starts, Uint32Array.of(0, 2, 5, 7));
  assertEquals(standIns, Uint32Array.of(1, 7, 0, 2, 6, 1, 7));
  // Of two stand-ins 4 + 2 + 2 of 20 are 0.8, of three 4 + 1 + 0 are 0.75, of two 4 + 14 + 2 all.
  assertEquals(needed, Uint8Array.of(1, 1, 2));
});

Deno.test("events that go back fewer than fourteen days tell of no newcomers", () => {
  const { newcomers } = findEvidence(shop([[7, 2], [20, 1]]), { priceBands: 1 })!;
  assertEquals(newcomers, new Uint32Array(0));
});

Deno.test("a sample of the events says nothing of how many a product has", () => {
  const all = shop([[0, 2], [20, 1]]);
  const sample = { ...all, statistics: statisticsOf(all) };
  assertEquals(findEvidence(sample, { priceBands: 1 }), undefined);
});
