/**
 * Who would want a product. Of ann's new products by affinity, 500 has 16, 300 has 10, 400 has 7;
 * all of bob's have the same score, cleo did nothing, and the fourth user has 500.
 */
import { assertEquals, assertStringIncludes } from "../../assert.ts";
import { withLiveShop } from "../live_shop.ts";

const options = {
  placements: {
    placements: {},
    segments: {
      buyers: { events: { purchase: { min: 1 } } },
      viewers: { events: { purchase: { max: 0 } } },
    },
  },
} as unknown as Parameters<typeof withLiveShop>[1];

Deno.test("a product's score is placed in each user's own list, from its last to its best", () =>
  withLiveShop(async ({ get }) => {
    const affinity = async (productId: string) =>
      (await get(`/products/${productId}/audience`)).users;
    assertEquals(await affinity("500"), [{ userId: "ann", affinity: 1 }]);
    // (10 − 7) / (16 − 7), and the last of the list.
    assertEquals(await affinity("300"), [{ userId: "ann", affinity: 1 / 3 }]);
    assertEquals(await affinity("400"), [{ userId: "ann", affinity: 0 }]);
    // ann has 200.
    assertEquals(await get("/products/200/audience"), {
      productId: "200",
      model: "affinity",
      users: [],
      compared: 0,
    });
  }, options));

Deno.test("an audience is that of a segment, goes on where it stopped, and forgets", () =>
  withLiveShop(async ({ get, send, ask }) => {
    const compared = async (query: string) =>
      (await get(`/products/500/audience${query}`)).compared;
    assertEquals(await compared("?segment=buyers"), 1);
    assertEquals(await compared("?segment=viewers"), 0);
    assertEquals(await compared("?from=1"), 0);
    const wrong = await ask("/products/500/audience?segment=buyer");
    assertEquals(wrong.status, 400);
    assertStringIncludes((await wrong.json()).detail, "did you mean buyers?");
    assertEquals((await ask("/products/x/audience")).status, 404);
    assertEquals((await ask("/products/500/audience", { headers: {} })).status, 401);
    await send("DELETE", "/users/ann");
    assertEquals(await compared(""), 0);
  }, options));

Deno.test("users are listed page by page, without those who were forgotten", () =>
  withLiveShop(async ({ get, send, ask }) => {
    assertEquals(await get("/users?limit=2&offset=1"), {
      total: 4,
      users: [{ userId: "bob", events: 2 }, { userId: "cleo", events: 0 }],
    });
    assertEquals((await get("/users?offset=4")).users, []);
    await send("DELETE", "/users/bob");
    assertEquals((await get("/users?limit=2")).users, [{ userId: "ann", events: 2 }]);
    assertEquals((await ask("/users", { headers: {} })).status, 401);
  }, options));
