import { ProductDays } from "../../../src/pages/figures/product_days.ts";
import { Shop } from "../../../src/service/recommend/shop.ts";
import { openEventStore } from "../../../src/service/store/open_event_store.ts";
import { tinyArtifact } from "../../artifact/tiny_shop.ts";
import { assertEquals } from "../../assert.ts";

const NOVEMBER_3 = Date.parse("2019-11-03T12:00:00Z");
const artifact = await tinyArtifact();

Deno.test("a product's days have the artifact's events, then those received", async () => {
  using store = await openEventStore({ path: ":memory:", now: () => NOVEMBER_3 });
  const days = new ProductDays(new Shop(artifact, { store }));
  await store.append([
    { userId: "eve", productId: "300", type: "cart", time: NOVEMBER_3 },
    { userId: "eve", productId: "300", type: "remove_from_cart", time: NOVEMBER_3 },
    { userId: "eve", productId: "100", type: "view", time: NOVEMBER_3 },
    // On the artifact's last day, which may have been trained on it.
    { userId: "eve", productId: "300", type: "view", time: Date.parse("2019-11-02T23:00:00Z") },
  ]);
  assertEquals(await days.of("300"), [[
    { date: "2019-11-01", views: 2, carts: 0, purchases: 0, removals: 0 },
    { date: "2019-11-02", views: 0, carts: 0, purchases: 0, removals: 0 },
    { date: "2019-11-03", views: 0, carts: 1, purchases: 0, removals: 0 },
  ]]);
});

Deno.test("after a month without events, a new period of a product's days begins", async () => {
  const november1 = Date.parse("2019-11-01T00:00:00Z");
  const expected: Readonly<Record<number, string[][]>> = {
    31: [["2019-11-02", "2019-12-02"]],
    32: [["2019-11-01", "2019-11-01"], ["2019-12-03", "2019-12-03"]],
  };
  for (const days of [31, 32]) {
    const time = november1 + days * 86_400_000;
    using store = await openEventStore({ path: ":memory:", now: () => time });
    await store.append([{ userId: "eve", productId: "300", type: "view", time }]);
    const periods = await new ProductDays(new Shop(artifact, { store })).of("300");
    assertEquals(periods.map((rows) => [rows[0].date, rows[rows.length - 1].date]), expected[days]);
    assertEquals(periods.at(-1)!.at(-1)!.views, 1);
  }
});

Deno.test("a product that nobody looked at has no days, with or without a store", async () => {
  const days = new ProductDays(new Shop(artifact));
  assertEquals(await days.of("400"), []);
  assertEquals(await days.of("nothing"), []);
  assertEquals((await days.of("200")).flat().map(({ purchases }) => purchases), [1]);
});
