/**
 * Who would want a product. Of ann's new products by affinity, 500 has 16, 300 has 10, 400 has 7;
 * all of bob's have the same score, cleo did nothing, and the fourth user has 500.
 */
import { assertEquals, assertStringIncludes } from "../../assert.ts";
import { audienceOf } from "../../../src/service/placements/audience.ts";
import { audienceOrder } from "../../../src/service/placements/audience_order.ts";
import { Shop } from "../../../src/service/recommend/shop.ts";
import { inside, tinyArtifact } from "../../artifact/tiny_shop.ts";
import { assertRefused, withLiveShop } from "../live_shop.ts";

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
    // First of the list: 1 + (16 − 10) / (16 − 7) beside 300 and 400.
    assertEquals(await affinity("500"), [{ userId: "ann", affinity: 1 + 2 / 3 }]);
    // (10 − 7) / (16 − 7) beside 500 and 400.
    assertEquals(await affinity("300"), [{ userId: "ann", affinity: 1 / 3 }]);
    // (7 − 10) / (16 − 10) beside 500 and 300.
    assertEquals(await affinity("400"), [{ userId: "ann", affinity: -1 / 2 }]);
    // ann has 200.
    assertEquals(await get("/products/200/audience"), {
      productId: "200",
      model: "affinity",
      users: [],
      compared: 0,
      share: 1,
      inCategory: { users: 1, share: 1 },
    });
  }, options));

Deno.test("a product ahead of others with one score has affinity 2, one like them none", () =>
  withLiveShop(async ({ get, send }) => {
    // Only 500 (16) and 300 (10) are left of ann's list: beside 300 alone, 500 is ahead of all.
    await send("PUT", "/products/400", { inStock: false });
    const users = async (productId: string) => (await get(`/products/${productId}/audience`)).users;
    assertEquals(await users("500"), [{ userId: "ann", affinity: 2 }]);
    assertEquals(await users("300"), []);
  }, options));

Deno.test("nobody is known to want a product of which nothing is known", () =>
  withLiveShop(async ({ get, send }) => {
    await send("PUT", "/products/blank", {});
    const { users, compared, share } = await get("/products/blank/audience");
    assertEquals([users, compared, share], [[], 0, 1]);
  }, options));

Deno.test("an audience is that of a segment, goes on where it stopped, and forgets", () =>
  withLiveShop(async ({ get, send, ask }) => {
    const compared = async (query: string) =>
      (await get(`/products/500/audience${query}`)).compared;
    assertEquals(await compared("?segment=buyers"), 1);
    assertEquals(await compared("?segment=viewers"), 0);
    // The user who has 500 comes first, then ann.
    assertEquals(await compared("?from=1"), 1);
    assertEquals(await compared("?from=2"), 0);
    const wrong = await ask("/products/500/audience?segment=buyer");
    assertEquals(wrong.status, 400);
    assertStringIncludes((await wrong.json()).detail, "did you mean buyers?");
    assertEquals((await ask("/products/x/audience")).status, 404);
    assertEquals((await ask("/products/500/audience", { headers: {} })).status, 401);
    await send("DELETE", "/users/ann");
    assertEquals(await compared(""), 0);
  }, options));

Deno.test("an answer says which share of the users was looked at, in order", async () => {
  const shop = new Shop(await tinyArtifact());
  const item = shop.recommender.products.indexOf("100");
  const page = (from: number) =>
    audienceOf(shop, item, { model: "affinity", k: 5, from, limitMs: 0 });
  // One user at a time, as the time is up; ann alone did something in 100's category.
  const { share, inCategory, next } = await page(0);
  assertEquals([share, inCategory, next], [0.25, { users: 1, share: 1 }, 1]);
  const last = await page(3);
  assertEquals([last.share, last.next], [1, undefined]);
  assertEquals((await page(1)).share, 0.5);
});

Deno.test("users who did something in the product's category come first", async () => {
  const artifact = await tinyArtifact();
  const shop = new Shop(artifact);
  const orderOf = async (productId: string) => {
    const order = await audienceOrder(
      shop,
      inside(artifact),
      shop.recommender.products.indexOf(productId),
    );
    return [...order!.users].map((user) => inside(artifact).userIds.idAt(user)[0]);
  };
  // Nobody but the fourth user has anything of 500's category, nobody but ann of 100's.
  assertEquals(await orderOf("500"), ["1", "a", "b", "c"]);
  assertEquals(await orderOf("100"), ["a", "b", "c", "1"]);
});

Deno.test("users are listed page by page, without those who were forgotten", () =>
  withLiveShop(async ({ get, send, ask }) => {
    assertEquals(await get("/users?limit=2&from=1"), {
      users: [{ userId: "bob", events: 2 }, { userId: "cleo", events: 0 }],
      next: "3",
    });
    const { users, next } = await get("/users?limit=1000");
    assertEquals([users.length, next], [4, undefined]);
    assertEquals(await get("/users?from=4"), { users: [] });
    await send("DELETE", "/users/bob");
    assertEquals((await get("/users?limit=2")).users, [
      { userId: "ann", events: 2 },
      { userId: "cleo", events: 0 },
    ]);
    assertEquals((await ask("/users", { headers: {} })).status, 401);
    await assertRefused(ask, "/users?from=x", {
      ...{ parameter: "from", message: "0, or `next` of the answer before" },
    });
  }, options));

Deno.test("users of whom only the store knows follow, while they have events", () =>
  withLiveShop(async ({ get, send }) => {
    for (const userId of ["zoe", "~", "ann", "max"]) {
      await send("POST", "/events", { userId, productId: "100", type: "view" });
    }
    const { users: known } = await get("/users?limit=4");
    assertEquals(known[0], { userId: "ann", events: 3 });
    const first = await get("/users?limit=2&from=4");
    assertEquals(first, {
      users: [{ userId: "max", events: 1 }, { userId: "zoe", events: 1 }],
      next: "~zoe",
    });
    assertEquals(await get(`/users?from=${first.next}`), {
      users: [{ userId: "~", events: 1 }],
    });
    await send("DELETE", "/users/zoe");
    await send("POST", "/users/ann/merge", { from: "max" });
    assertEquals(await get("/users?from=4"), { users: [{ userId: "~", events: 1 }] });
    // What they do later counts again.
    await send("POST", "/events", { userId: "zoe", productId: "100", type: "cart" });
    assertEquals(
      (await get("/users?from=4")).users.map(({ userId }: { userId: string }) => userId),
      ["zoe", "~"],
    );
  }, options));

Deno.test("users of a segment are listed by what they did until now", () =>
  withLiveShop(async ({ get, send, ask }) => {
    const buyers = async () =>
      (await get("/users?segment=buyers")).users.map(({ userId }: { userId: string }) => userId);
    const before = await buyers();
    assertEquals(before.includes("cleo"), false);
    for (const userId of ["cleo", "new"]) {
      await send("POST", "/events", { userId, productId: "100", type: "purchase" });
    }
    assertEquals(await buyers(), [...before, "cleo", "new"]);
    const wrong = await ask("/users?segment=buyer");
    assertEquals(wrong.status, 400);
    assertStringIncludes((await wrong.json()).detail, "did you mean buyers?");
  }, options));
