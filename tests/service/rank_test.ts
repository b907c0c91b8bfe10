/** The order of a search result, against tables worked out by hand. */
import { assert, assertEquals } from "../assert.ts";
import { withLiveShop } from "./live_shop.ts";

// Ann's scores: 100: 9, 200: 37, 300: 10, 400: 7, 500: 16. She saw 100 and bought 200.
// Popular: 200 and 400 with 8, 100 with 5, 300 with 2, 500 with 1.
const VISIT = [{ productId: "100", type: "view" }, { productId: "200", type: "purchase" }];

Deno.test("products are ordered by the user's scores, also those they saw; unknown ids last", () =>
  withLiveShop(async ({ send }) => {
    const { body } = await send("POST", "/rank", {
      userId: "ann",
      productIds: ["400", "none", "100", "200", "never", "300"],
    });
    assertEquals([body.model, body.strategy], ["affinity", "personalized"]);
    assertEquals(
      body.items.map(({ productId, score }: { productId: string; score: number }) => [
        productId,
        score,
      ]),
      [["200", 37], ["300", 10], ["100", 9], ["400", 7]],
    );
    assertEquals(body.unknown, ["none", "never"]);
  }));

Deno.test("a search result that nobody knows comes back as it is", () =>
  withLiveShop(async ({ send }) => {
    for (const userId of ["ann", "nobody"]) {
      const { body } = await send("POST", "/rank", { userId, productIds: ["x", "y"] });
      assertEquals([body.items, body.unknown], [[], ["x", "y"]]);
      const ids = await send("POST", "/rank", { userId, productIds: ["x", "y"], format: "ids" });
      assertEquals(ids.body, ["x", "y"]);
    }
  }));

Deno.test("with format ids all products are listed, unknown ones last", () =>
  withLiveShop(async ({ send }) => {
    const productIds = ["x", "400", "500"];
    const request = { userId: "ann", productIds, format: "ids" };
    assertEquals((await send("POST", "/rank", request)).body, ["500", "400", "x"]);
  }));

Deno.test("a visit orders products as a user with the same history, and stores nothing", () =>
  withLiveShop(async ({ send, store }) => {
    const productIds = ["300", "500", "200"];
    const user = await send("POST", "/rank", { userId: "ann", productIds });
    assertEquals(await send("POST", "/rank", { events: VISIT, productIds }), user);
    assertEquals(await Array.fromAsync(store.events()), []);
  }));

Deno.test("for a newcomer, popular products come first", () =>
  withLiveShop(async ({ send }) => {
    const request = { userId: "nobody", productIds: ["500", "300", "100", "400"] };
    const { body } = await send("POST", "/rank", request);
    assertEquals([body.model, body.strategy], ["popularity", "popular"]);
    const ids = body.items.map(({ productId }: { productId: string }) => productId);
    assertEquals(ids, ["400", "100", "300", "500"]);
  }));

Deno.test("products out of stock and added ones are ordered, too", () =>
  withLiveShop(async ({ send }) => {
    await send("PUT", "/products/200", { inStock: false });
    await send("PUT", "/products/new", { brand: "runail" });
    const request = { userId: "ann", productIds: ["new", "100", "200"], format: "ids" };
    const { body } = await send("POST", "/rank", request);
    assertEquals(body[0], "200");
    assertEquals(body.toSorted(), ["100", "200", "new"]);
  }));

Deno.test("the last click changes the order", () =>
  withLiveShop(async ({ send }) => {
    const request = { userId: "new", productIds: ["100", "300", "500"], format: "ids" };
    assertEquals((await send("POST", "/rank", request)).body, ["100", "300", "500"]);
    await send("POST", "/events", { userId: "new", productId: "200", type: "purchase" });
    assertEquals((await send("POST", "/rank", request)).body[0], "500");
  }));

/** Bad bodies: body, the invalid field, and part of the message. */
const BAD: readonly [unknown, string | undefined, string][] = [
  [{ userId: "ann" }, "productIds", "a list of product ids"],
  [{ userId: "ann", productIds: [] }, "productIds", "at least one product id, got 0"],
  [
    { userId: "ann", productIds: ["1", "2", "1"] },
    "productIds[2]",
    "an id that the list doesn't have yet",
  ],
  [{ userId: "ann", productIds: [1] }, "productIds[0]", "text of 1 to 256 characters, got 1"],
  [
    { userId: "ann", productIds: Array(1001).fill("1") },
    "productIds",
    "at most 1000 product ids, got 1001",
  ],
  [{ productIds: ["1"] }, "userId", "unless `events` has what a visitor did"],
  [{ userId: "ann", events: [], productIds: ["1"] }, "events", "left out beside userId"],
  [{ userId: "ann", productIds: ["1"], model: "none" }, "model", "one of popularity, affinity"],
  [{ userId: "ann", productIds: ["1"], k: 5 }, "k", "Unknown parameter"],
];

for (const [body, parameter, message] of BAD) {
  Deno.test(`${JSON.stringify(body).slice(0, 60)} isn't ranked: ${message}`, () =>
    withLiveShop(async ({ send }) => {
      const answer = await send("POST", "/rank", body);
      assertEquals([answer.status, answer.body.parameter], [400, parameter]);
      assert(answer.body.detail.includes(message), answer.body.detail);
    }));
}
