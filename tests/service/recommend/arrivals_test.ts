/** Which products came lately. */
import { IdMap } from "../../../src/interactions/id_map.ts";
import { groupByUser } from "../../../src/interactions/interactions.ts";
import { textColumn } from "../../../src/interactions/catalogue.ts";
import { Products } from "../../../src/service/catalogue/products.ts";
import { Arrivals } from "../../../src/service/recommend/arrivals.ts";
import { stored } from "../../artifact/tiny_shop.ts";
import { assertEquals } from "../../assert.ts";

const DAY = 86_400;
const NOW = 100 * DAY;

/** Products `a`, `b` and `c`, whose first events are on these days of a hundred. */
function arrivalsOf(days: readonly [number, number, number]) {
  const catalogue = {
    categoryId: textColumn(["1", "1", "1"]),
    categoryCode: textColumn(["unknown", "unknown", "unknown"]),
    brand: textColumn(["unknown", "unknown", "unknown"]),
    price: Float32Array.of(1, 1, 1),
  };
  const order = [0, 1, 2].toSorted((a, b) => days[a] - days[b]);
  const interactions = stored({
    ...groupByUser({
      userIds: IdMap.from(["ann"]),
      itemIds: IdMap.from(["a", "b", "c"]),
      users: new Uint32Array(4),
      // A later event of the first product changes nothing.
      items: Uint32Array.of(...order, order[0]),
      weights: Float32Array.of(1, 1, 1, 1),
      times: Uint32Array.of(...order.map((item) => days[item] * DAY), 99 * DAY),
    }),
    catalogue,
  });
  const products = new Products(interactions);
  const arrivals = new Arrivals(
    { interactions },
    products,
    (days) => Promise.resolve({ from: NOW - days * DAY, to: NOW }),
  );
  return {
    products,
    /** The newness of every product, rounded. */
    async newness(days: number): Promise<number[]> {
      const { newness } = await arrivals.newness(days);
      return Array.from(newness, (is) => Math.round(100 * is) / 100);
    },
  };
}

Deno.test("a product came with its first event, if events go back as long before", async () => {
  const { newness } = arrivalsOf([10, 95, 80]);
  // Of ten days, day 95 is in the middle; day 80 was before them.
  assertEquals(await newness(10), [0, 0.5, 0]);
  assertEquals(await newness(40), [0, 0.88, 0.5]);
  // Of 50 days from day 50, the events would have to go back to day 0.
  assertEquals(await newness(50), [0, 0, 0]);
});

Deno.test("a product that the shop adds came then, or with an earlier event", async () => {
  const { products, newness } = arrivalsOf([10, 95, 80]);
  products.apply({
    sequence: 1,
    products: new Map([
      ["x", { addedAt: 1000 * 98 * DAY }],
      ["b", { addedAt: 1000 * 99 * DAY }],
      // Its first event comes later.
      ["c", { addedAt: 1000 * 20 * DAY }],
      ["later", { addedAt: 1000 * 105 * DAY }],
      ["long ago", { price: 3 }],
    ]),
  });
  assertEquals(await newness(10), [0, 0.5, 0, 0.8, 1.5, 0]);
  assertEquals(await newness(40), [0, 0.88, 0, 0.95, 1.13, 0]);
  // Though nothing tells what events were before, the shop's word counts.
  assertEquals(await newness(50), [0, 0, 0, 0.96, 1.1, 0]);
});
