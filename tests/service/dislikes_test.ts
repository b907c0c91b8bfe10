/** What a user dislikes or hides stays out of their lists; what is like a dislike ranks lower. */
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { idsOf, withLiveShop } from "./live_shop.ts";

// Ann's scores: 100: 9, 200: 37, 300: 10, 400: 7, 500: 16. She saw 100 and bought 200. Without the
// purchase: 100: 9, 200: 1, 300: 2, 400: 3, 500: 0. 200 and 400 are of one category.
const ALL = "format=ids&exclude=none";

/** When the test's clock starts: 2019-11-03. */
const NOW = Date.UTC(2019, 10, 3);
const DAY = 86_400_000;

const dislike200 = { userId: "ann", productId: "200", type: "dislike", time: NOW / 1000 };

Deno.test("a disliked product is hidden, and what the user did with it is no interest", () =>
  withLiveShop(async ({ get, send }) => {
    assertEquals(await get(`/recommend/ann?${ALL}`), ["200", "500", "300", "100", "400"]);
    assertEquals((await send("POST", "/events", dislike200)).status, 202);
    assertEquals(await get(`/recommend/ann?${ALL}`), ["100", "400", "300", "500"]);
    assertEquals((await send("POST", "/recommend/ann", { format: "ids", exclude: "none" })).body, [
      ...["100", "400", "300", "500"],
    ]);
    assertEquals(await get(`/recommend/bob?${ALL}&k=1`), ["300"]);
  }));

Deno.test("undo_dislike brings everything back", () =>
  withLiveShop(async ({ get, send }) => {
    await send("POST", "/events", dislike200);
    const undo = { ...dislike200, type: "undo_dislike", time: NOW / 1000 + 1 };
    await send("POST", "/events", undo);
    assertEquals(await get(`/recommend/ann?${ALL}`), ["200", "500", "300", "100", "400"]);
  }));

Deno.test("an anonymous visitor's dislike hides a product and lowers those like it", () =>
  withLiveShop(async ({ send }) => {
    const events = [
      { productId: "100", type: "purchase" },
      { productId: "100", type: "purchase" },
      { productId: "100", type: "view" },
      { productId: "300", type: "view" },
      { productId: "200", type: "dislike" },
    ];
    // Scores: 82, 10, 27, 28 and 1, so 400 is before 300. It is like 200: of two terms each, with
    // weights ln 2.5 and ln 5, they share the first, so the cosine is 0.84 / 3.43 = 0.245. Scaled
    // from 0 to 1, 400 has 27/81 · 0.755 = 0.252, and 300 has 26/81 = 0.321.
    const options = { format: "ids", exclude: "none" };
    const list = await send("POST", "/recommend", { events, ...options });
    assertEquals(list.body, ["100", "300", "400", "500"]);
    const undone = [...events, { productId: "200", type: "undo_dislike" }];
    const again = await send("POST", "/recommend", { events: undone, ...options });
    assertEquals(again.body, ["100", "400", "300", "200", "500"]);
  }));

const hide200 = { ...dislike200, type: "hide" };

Deno.test("a hidden product is only hidden: the others stay where they are", () =>
  withLiveShop(async ({ get, send }) => {
    assertEquals((await send("POST", "/events", hide200)).status, 202);
    assertEquals(await get(`/recommend/ann?${ALL}`), ["500", "300", "100", "400"]);
    assertEquals((await send("POST", "/recommend/ann", { format: "ids", exclude: "none" })).body, [
      ...["500", "300", "100", "400"],
    ]);
    assertEquals((await get("/similar/100?format=ids&userId=ann")).includes("200"), false);
    assertEquals(await get(`/recommend/bob?${ALL}&k=1`), ["300"]);
  }));

Deno.test("undo_hide brings the product back, undo_dislike doesn't", () =>
  withLiveShop(async ({ get, send }) => {
    await send("POST", "/events", hide200);
    await send("POST", "/events", { ...hide200, type: "undo_dislike", time: NOW / 1000 + 1 });
    assertEquals(await get(`/recommend/ann?${ALL}`), ["500", "300", "100", "400"]);
    await send("POST", "/events", { ...hide200, type: "undo_hide", time: NOW / 1000 + 2 });
    assertEquals(await get(`/recommend/ann?${ALL}`), ["200", "500", "300", "100", "400"]);
  }));

Deno.test("a hide doesn't withdraw a dislike", () =>
  withLiveShop(async ({ get, send }) => {
    await send("POST", "/events", [dislike200, { ...hide200, time: NOW / 1000 + 1 }]);
    assertEquals(await get(`/recommend/ann?${ALL}`), ["100", "400", "300", "500"]);
  }));

for (const [name, opinion] of [["dislike", dislike200], ["hide", hide200]] as const) {
  Deno.test(`a ${name} ends after its days, in cached lists as well`, async () => {
    let now = NOW;
    await withLiveShop(async ({ get, send }) => {
      await send("POST", "/events", { ...opinion, days: 2 });
      now = NOW + 2 * DAY;
      assertEquals((await get(`/recommend/ann?${ALL}`)).includes("200"), false);
      now++;
      assertEquals((await get(`/recommend/ann?${ALL}`)).includes("200"), true);
    }, { now: () => now });
  });
}

Deno.test("an anonymous visitor's hide takes only the product away", () =>
  withLiveShop(async ({ send }) => {
    const events = [
      { productId: "100", type: "purchase" },
      { productId: "100", type: "purchase" },
      { productId: "100", type: "view" },
      { productId: "300", type: "view" },
      { productId: "200", type: "hide" },
    ];
    const list = await send("POST", "/recommend", { events, format: "ids", exclude: "none" });
    assertEquals(list.body, ["100", "400", "300", "500"]);
  }));

Deno.test("a visitor who only dislikes gets popular products without those disliked", () =>
  withLiveShop(async ({ send }) => {
    const events = [{ productId: "200", type: "dislike" }];
    const { body } = await send("POST", "/recommend", { events, k: 5 });
    assertEquals(body.strategy, "popular");
    assertEquals(idsOf(body), ["400", "100", "300", "500"]);
  }));

Deno.test("days of anything but a dislike or a hide are refused by name", () =>
  withLiveShop(async ({ send }) => {
    const { status, body } = await send("POST", "/events", {
      ...{ userId: "ann", productId: "200", type: "view", days: 3 },
    });
    assertEquals(status, 400);
    assertStringIncludes(body.detail, '"days" must be left out, except for a dislike or a hide');
  }));

Deno.test("a dislike doesn't make a product popular", () =>
  withLiveShop(async ({ get, send }) => {
    const before = await get("/popular?window=7d");
    const time = 1572652800;
    await send("POST", "/events", { ...dislike200, productId: "500", time });
    await send("POST", "/events", { ...dislike200, productId: "300", type: "undo_dislike", time });
    assertEquals(await get("/popular?window=7d"), before);
  }));
