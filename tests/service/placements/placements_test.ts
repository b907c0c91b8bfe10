/**
 * Placements by the API. ann viewed 100 and bought 200; by affinity her products are 200 (37), 500
 * (16), 300 (10), 100 (9) and 400 (7). Popularity counts 5, 8, 2, 8, 1 for 100 to 500.
 */
import { assert, assertEquals, assertStringIncludes } from "../../assert.ts";
import { assertRefused, idsOf, withLiveShop } from "../live_shop.ts";

const placements = {
  placements: {
    home: { strategy: "personal", k: 3 },
    all: { strategy: "personal", k: 5, exclude: "none" },
    product: { strategy: "similar", k: 2, fallback: [{ strategy: "popular" }] },
    basket: { strategy: "together", k: 4 },
    cart: { strategy: "together", k: 4, fallback: [{ strategy: "similar" }] },
    runail: { strategy: "personal", brand: ["runail"], exclude: "none" },
    chain: {
      strategy: "personal",
      brand: ["runail", "irisk"],
      exclude: "none",
      fallback: ["irisk"],
    },
    irisk: { strategy: "popular", brand: ["irisk"], exclude: "none" },
    fixed: { strategy: "personal", model: "popularity", exclude: "none", diversity: 0.5 },
    winback: { strategy: "popular", k: 1, exclude: "none" },
    split: {
      strategy: "personal",
      k: 2,
      variants: [{ segment: "buyers", placement: "winback" }],
    },
  },
  segments: { buyers: { events: { purchase: { min: 1 } } } },
} as const;

/** Of a list's items, the product, its source and the step that found it. */
function stepsOf({ items }: { items: { productId: string; source?: string; step?: number }[] }) {
  return items.map(({ productId, source, step }) => [productId, source, step]);
}

/** `placements` may be read-only here, but not in the rule's input. */
const options = { placements: structuredClone(placements) } as unknown as Parameters<
  typeof withLiveShop
>[1];

Deno.test("a placement's list has its strategy, its length and its name", () =>
  withLiveShop(async ({ get }) => {
    const { items, ...rest } = await get("/recommend/ann?placement=home");
    assertEquals(rest, {
      userId: "ann",
      model: "affinity",
      strategy: "personalized",
      placement: "home",
      steps: [{ strategy: "personal", model: "affinity" }],
    });
    assertEquals(idsOf({ items }), ["500", "300", "400"]);
    assertEquals(await get("/placements/home?userId=ann"), { items, ...rest });
  }, options));

Deno.test("what goes together stands in a placement; a chain or popularity fills it", () =>
  withLiveShop(async ({ get }) => {
    // The scores are worked out in complements_test.ts; nobody bought 500.
    const page = await get("/placements/basket?productId=100");
    assertEquals(
      page.items.map(({ productId, source }: { productId: string; source?: string }) => [
        productId,
        source,
      ]),
      [
        ["200", "model"],
        ["300", "model"],
        ["400", "category"],
        ["500", "popularity"],
      ],
    );
    assertEquals(page.strategy, "mixed");
    assertEquals(page.steps, [{ strategy: "together", model: "together" }]);
    const cart = await get("/placements/cart?productId=200");
    assertEquals(
      cart.items.map(({ productId, step }: { productId: string; step: number }) => [
        productId,
        step,
      ]).slice(0, 2),
      [["100", 0], ["300", 0]],
    );
    assert(cart.items.slice(2).every(({ step }: { step: number }) => step > 0));
    // Without a page, with the latest product of the user, which ann bought: 200.
    const ann = await get("/placements/cart?userId=ann");
    assertEquals(ann.items[0].productId, "300");
    const visitor = await get("/placements/basket");
    assertEquals(visitor.strategy, "popular");
  }, options));

Deno.test("a list without a placement has none of a placement's fields", () =>
  withLiveShop(async ({ get }) => {
    const { items, ...rest } = await get("/recommend/ann");
    assertEquals(Object.keys(rest), ["userId", "model", "strategy"]);
    assert(items.every((item: object) => !("step" in item)));
  }, options));

Deno.test("an anonymous visit gets a placement's list for its events", () =>
  withLiveShop(async ({ send, get }) => {
    const events = [
      { productId: "100", type: "view" },
      { productId: "200", type: "purchase" },
    ];
    const { body } = await send("POST", "/placements/home", { events });
    assertEquals(body.items, (await get("/placements/home?userId=ann")).items);
    assertEquals("userId" in body, false);
  }, options));

Deno.test("a request narrows its placement: fewer products, stricter exclude, both filters", () =>
  withLiveShop(async ({ get }) => {
    const ids = async (query: string) => idsOf(await get(`/recommend/ann?placement=${query}`));
    assertEquals(await ids("all"), ["200", "500", "300", "100", "400"]);
    assertEquals(await ids("all&k=2"), ["200", "500"]);
    assertEquals(await ids("all&k=2&offset=2"), ["300", "100"]);
    assertEquals(await ids("home&k=9"), ["500", "300", "400"]);
    assertEquals(await ids("all&exclude=purchased"), ["500", "300", "100", "400"]);
    assertEquals(await ids("home&exclude=none"), ["200", "500", "300"]);
    assertEquals(await ids("runail"), ["300", "100"]);
    assertEquals(await ids("runail&brand=irisk"), []);
    assertEquals(await ids("runail&maxPrice=6"), ["100"]);
  }, options));

Deno.test("a request can't choose what its placement sets", () =>
  withLiveShop(async ({ ask, get }) => {
    await assertRefused(ask, "/placements/fixed?userId=ann&model=affinity", {
      parameter: "model",
      message: "must be omitted: placement fixed sets it to popularity",
    });
    const same = await get("/placements/fixed?userId=ann&model=popularity&diversity=0.5");
    assertEquals(same.model, "popularity");
    // An own choice, where the placement leaves it open.
    assertEquals((await get("/placements/home?userId=ann&model=popularity")).model, "popularity");
  }, options));

Deno.test("a page's product has similar products, then the chain's; its own isn't among them", () =>
  withLiveShop(async ({ get }) => {
    // By affinity, a view of 200 gives 500 (4) and 300 (2); the page's own product is left out.
    const { items, steps } = await get("/placements/product?productId=200");
    assertEquals(stepsOf({ items }), [["500", "model", 0], ["300", "model", 0]]);
    assertEquals(steps, [{ strategy: "similar", model: "affinity" }]);
    // A basket of 100 and 200 adds up: 400 (3 + 1), 500 (0 + 4), 300 (2 + 2), in catalogue order.
    const basket = await get("/placements/product?productId=100&productId=200");
    assertEquals(idsOf(basket), ["300", "400"]);
  }, options));

Deno.test("without a product, similar takes the user's latest, and a newcomer gets the chain", () =>
  withLiveShop(async ({ get }) => {
    assertEquals(idsOf(await get("/placements/product?userId=ann")), ["500", "300"]);
    const cleo = await get("/placements/product?userId=cleo");
    assertEquals(stepsOf(cleo), [["200", undefined, 1], ["400", undefined, 1]]);
    assertEquals([cleo.strategy, cleo.steps[1]], [
      "popular",
      { strategy: "popular", model: "popularity" },
    ]);
  }, options));

Deno.test("a chain goes on where a strategy ends; another placement lends its steps", () =>
  withLiveShop(async ({ get }) => {
    // cleo did nothing, so that personal finds nothing; irisk lends its step, popular ends all.
    const { items, steps } = await get("/recommend/cleo?placement=chain");
    assertEquals(stepsOf({ items }), [
      ["400", undefined, 1],
      ["100", undefined, 2],
      ["300", undefined, 2],
    ]);
    assertEquals(steps[1], { strategy: "popular", model: "popularity", placement: "irisk" });
  }, options));

Deno.test("a variant replaces the placement for users of its segment, as soon as they are", () =>
  withLiveShop(async ({ get, send }) => {
    assertEquals((await get("/recommend/ann?placement=split")).placement, "winback");
    assertEquals((await get("/recommend/bob?placement=split")).placement, "split");
    const event = { userId: "bob", productId: "100", type: "purchase" };
    assertEquals((await send("POST", "/events", event)).status, 202);
    assertEquals((await get("/recommend/bob?placement=split")).placement, "winback");
  }, options));

Deno.test("a placement that there isn't is refused with the nearest name", () =>
  withLiveShop(async ({ ask }) => {
    await assertRefused(ask, "/recommend/ann?placement=hmoe", {
      parameter: "placement",
      message: "did you mean home?",
    });
    const response = await ask("/placements/hmoe?userId=ann");
    assertEquals(response.status, 404);
    assertStringIncludes((await response.json()).detail, "did you mean home?");
  }, options));

Deno.test("products of a page that nobody knows are ignored: the page isn't left empty", () =>
  withLiveShop(async ({ get }) => {
    assertEquals(idsOf(await get("/placements/product?productId=x")), ["200", "400"]);
    const basket = await get("/placements/product?productId=200&productId=x");
    assertEquals(idsOf(basket), ["500", "300"]);
  }, options));

Deno.test("without a file there are no placements, and the answer says how to make one", () =>
  withLiveShop(async ({ ask, get }) => {
    assertEquals(await get("/placements"), { placements: [], segments: [] });
    for (const path of ["/placements/home", "/recommend/ann?placement=home"]) {
      assertStringIncludes((await (await ask(path)).json()).detail, "PLACEMENTS names their file");
    }
  }));

Deno.test("a cached list of a placement is one until the user does something", () =>
  withLiveShop(async ({ get, send }) => {
    const before = await get("/recommend/bob?placement=all");
    assertEquals(await get("/recommend/bob?placement=all"), before);
    await send("POST", "/events", { userId: "bob", productId: "200", type: "purchase" });
    const after = await get("/recommend/bob?placement=all");
    // bob saw 300 twice: 2 each, 18 for 300; four times the row of 200 is added: 0, 36, 8, 4, 16.
    assertEquals(idsOf(after), ["200", "300", "500", "400", "100"]);
  }, options));

Deno.test("explanations of users' lists need a token", () =>
  withLiveShop(async ({ ask }) => {
    const headers = {};
    for (const path of ["/placements/home?userId=ann&explain=true"]) {
      assertEquals((await ask(path, { headers })).status, 401);
      assertEquals((await ask(path)).status, 200);
    }
  }, options));
