/** Similar products for a user. */
import { assert, assertEquals } from "../assert.ts";
import { idsOf, withLiveShop } from "./live_shop.ts";

/**
 * A viewer of 200 is recommended 200 (9), 500 (4), 300 (2), 400 (1); ann's history scores 200 (37),
 * 500 (16), 300 (10), 100 (9) and 400 (7).
 */
Deno.test("similar products for a user omit what they bought and dislike", () =>
  withLiveShop(async ({ get, send }) => {
    assertEquals(await get("/similar/300?format=ids"), ["100", "200", "400", "500"]);
    const ofAnn = (query = "") => get(`/similar/300?userId=ann&format=ids${query}`);
    // She bought 200 and saw 100.
    assertEquals((await ofAnn()).toSorted(), ["100", "400", "500"]);
    assertEquals((await ofAnn("&exclude=seen")).toSorted(), ["400", "500"]);
    assertEquals((await ofAnn("&exclude=none")).length, 4);
    await send("POST", "/events", { userId: "ann", productId: "500", type: "dislike" });
    assertEquals((await ofAnn()).toSorted(), ["100", "400"]);
  }));

Deno.test("what suits the user comes first, as much as what is most alike", () =>
  withLiveShop(async ({ get }) => {
    // 300 recommends all others alike, in item order; by ann's scores 500 is first, then 100, 400:
    // 1/11 + 1/12 for 100, 1/13 + 1/11 for 500 and 1/12 + 1/13 for 400.
    const list = await get("/similar/300?userId=ann");
    assertEquals([list.userId, list.productId, list.model], ["ann", "300", "affinity"]);
    assertEquals(idsOf(list), ["100", "500", "400"]);
    assertEquals(list.items.map(({ score }: { score: number }) => Math.round(1e4 * score) / 1e4), [
      0.1742,
      0.1678,
      0.1603,
    ]);
    assertEquals(await get("/similar/300?userId=ann&k=1&offset=1&format=ids"), ["500"]);
    assertEquals(await get("/similar/300?userId=ann&maxPrice=6&format=ids"), ["100"]);
  }));

Deno.test("for a user without a history the list is everybody's", () =>
  withLiveShop(async ({ get }) => {
    const { userId, ...list } = await get("/similar/200?userId=stranger");
    assertEquals(userId, "stranger");
    assertEquals(list, await get("/similar/200"));
    assert(list.items.length === 4);
  }));
