/** The options of lists, against tables worked out by hand. */
import { textColumn } from "../../src/interactions/catalogue.ts";
import type { Artifact } from "../../src/artifact/load.ts";
import { stored, tinyArtifact, tinyInteractions } from "../artifact/tiny_shop.ts";
import { assert, assertAlmostEquals, assertEquals } from "../assert.ts";
import { assertRefused, idsOf, withLiveShop } from "./live_shop.ts";

// Ann's scores: 100: 9, 200: 37, 300: 10, 400: 7, 500: 16. She saw 100 and bought 200.
// Popular: 200 and 400 with 8, 100 with 5, 300 with 2, 500 with 1.
// Brands: runail (100, 300), irisk (400). Categories: accessories.bag and 11 (100), 22 (200, 400),
// 33 (300), 11 (500). Prices: 5.24, 0.5, 12, none, 328.

/** Queries and the ids of the list. */
const FILTERED: readonly [string, string[]][] = [
  ["exclude=none&brand=runail", ["300", "100"]],
  ["exclude=none&brand=RUNAIL&k=1", ["300"]],
  ["exclude=none&brand=nobody", []],
  ["exclude=none&category=22", ["200", "400"]],
  ["exclude=none&category=accessories", ["100"]],
  ["exclude=none&category=Accessories.Bag", ["100"]],
  ["exclude=none&category=access", []],
  ["exclude=none&category=11", ["500", "100"]],
  ["exclude=none&minPrice=5.24", ["500", "300", "100"]],
  ["exclude=none&maxPrice=12", ["200", "300", "100"]],
  ["exclude=none&minPrice=5.24&maxPrice=5.24", ["100"]],
  ["exclude=none&minPrice=0", ["200", "500", "300", "100"]],
  ["exclude=none&minPrice=5.2399999999999999", ["500", "300", "100"]],
  ["exclude=none&not=200&not=500&not=nobody", ["300", "100", "400"]],
  ["exclude=none&not=200,500", ["200", "500", "300", "100", "400"]],
  ["exclude=none&brand=runail&brand=Irisk", ["300", "100", "400"]],
  ["exclude=none&brand=runail,%20Irisk", ["300", "100", "400"]],
  ["exclude=none&category=22,accessories", ["200", "100", "400"]],
  ["exclude=none&notBrand=runail,irisk", ["200", "500"]],
  ["exclude=none&notBrand=runail", ["200", "500", "400"]],
  ["exclude=none&notBrand=runail&notBrand=irisk", ["200", "500"]],
  ["exclude=none&brand=runail&notBrand=runail", []],
  ["exclude=none&category=22&category=accessories", ["200", "100", "400"]],
  ["exclude=none&notCategory=22", ["500", "300", "100"]],
  ["exclude=none&notCategory=Accessories&notCategory=33", ["200", "500", "400"]],
  ["exclude=none&category=11&notCategory=accessories.bag", ["500"]],
  ["exclude=none&k=2&offset=1", ["500", "300"]],
  ["exclude=none&k=2&offset=4", ["400"]],
  ["exclude=none&offset=5", []],
  ["exclude=none&diversity=1&k=1", ["200"]],
  ["exclude=seen&brand=runail&not=300", []],
  ["exclude=purchased&category=22", ["400"]],
];

for (const [query, expected] of FILTERED) {
  Deno.test(`Ann's list with ${query} is ${expected.join(", ") || "empty"}`, () =>
    withLiveShop(async ({ get }) => {
      assertEquals(await get(`/recommend/ann?format=ids&${query}`), expected);
    }));
}

Deno.test("a filtered list has k products if enough pass", () =>
  withLiveShop(async ({ get }) => {
    for (let k = 1; k <= 5; k++) {
      const ids = await get(`/recommend/ann?exclude=none&minPrice=0.5&format=ids&k=${k}`);
      assertEquals(ids.length, Math.min(k, 4));
    }
  }));

/** Bad requests: path, the invalid parameter, and part of the message. */
const BAD_REQUESTS: readonly [string, string, string][] = [
  ["/recommend/ann?brand=", "brand", "text of 1 to 500 characters"],
  ["/recommend/ann?category=", "category", "text of 1 to 500 characters"],
  ["/recommend/ann?minPrice=-1", "minPrice", 'a number from 0 to 1000000000, got "-1"'],
  ["/recommend/ann?minPrice=cheap", "minPrice", "a number from 0"],
  ["/recommend/ann?maxPrice=1e3", "maxPrice", "a number from 0"],
  ["/recommend/ann?minPrice=5&maxPrice=4", "minPrice", 'must be at most maxPrice, got "5"'],
  ["/recommend/ann?not=", "not", "text of 1 to 256 characters"],
  ["/recommend/ann?not=1&not=", "not", 'text of 1 to 256 characters, got ["1",""]'],
  ["/recommend/ann?k=1&k=2", "k", "must be given once, but is repeated"],
  ["/recommend/ann?k=1001", "k", "a whole number from 1 to 1000"],
  ["/recommend/ann?offset=1001", "offset", "a whole number from 0 to 1000"],
  [
    "/recommend/ann?k=60&offset=50&diversity=0.5",
    "k",
    'at most 100, with the offset, if diversity, calibration, explain or rotate is set, got "60"',
  ],
  ["/recommend/ann?k=101&rotate=true", "k", "at most 100, with the offset"],
  ["/recommend/ann?k=101&explain=true", "k", "at most 100, with the offset"],
  ["/recommend/ann?diversity=1.1", "diversity", "a number from 0 to 1"],
  ["/recommend/ann?calibration=-0.1", "calibration", "a number from 0 to 1"],
  ["/recommend/ann?diversity=lots", "diversity", "a number from 0 to 1"],
  ["/recommend/ann?rotate=yes", "rotate", 'true or false, got "yes"'],
  ["/recommend/ann?explain=1", "explain", "true or false"],
  ["/recommend/ann?format=xml", "format", "one of full, ids"],
  ["/similar/100?k=0", "k", "a whole number from 1 to 1000"],
  ["/similar/100?model=svd", "model", "one of popularity, affinity, content"],
  ["/popular?window=7", "window", "a number of days from 1d to 90d"],
  ["/popular?window=0d", "window", "from 1d to 90d"],
  ["/popular?window=91d", "window", "from 1d to 90d"],
  ["/popular?brnad=x", "brnad", "did you mean brand?"],
  ["/products?limit=0", "limit", "a whole number from 1 to 1000"],
  ["/products?offset=-1", "offset", "a whole number from 0"],
  ["/products?query=", "query", "text of 1 to 500 characters"],
  ["/users/ann/history?limit=1001", "limit", "from 1 to 1000"],
];

for (const [path, parameter, message] of BAD_REQUESTS) {
  Deno.test(`GET ${path} is refused: ${message}`, () =>
    withLiveShop(({ ask }) => assertRefused(ask, path, { parameter, message })));
}

Deno.test("a session gets the list of a user with the same history, and isn't stored", () =>
  withLiveShop(async ({ send, get, store }) => {
    const events = [
      { productId: "100", type: "view" },
      { productId: "unknown", type: "view" },
      { productId: "200", type: "purchase" },
    ];
    const { userId: _, ...expected } = await get("/recommend/ann?explain=false&k=2");
    assertEquals(await send("POST", "/recommend", { events, k: 2 }), {
      status: 200,
      body: expected,
    });
    assertEquals((await send("POST", "/recommend", { events: [] })).body.strategy, "popular");
    const ids = { events, exclude: "none", not: ["200"], maxPrice: 100, format: "ids" };
    assertEquals((await send("POST", "/recommend", ids)).body, ["300", "100"]);
    assertEquals(await Array.fromAsync(store.events()), []);
  }));

Deno.test("a user's list can be requested by a body, with room for 1,000 products to omit", () =>
  withLiveShop(async ({ send, get }) => {
    const others = Array.from({ length: 998 }, (_, i) => `other-${i}`);
    const options = { exclude: "none", not: ["200", "500", ...others] };
    assertEquals(await send("POST", "/recommend/ann", options), {
      status: 200,
      body: await get("/recommend/ann?exclude=none&not=200&not=500"),
    });
    const ids = { ...options, brand: ["runail"], format: "ids", offset: 1 };
    assertEquals((await send("POST", "/recommend/ann", ids)).body, ["100"]);
    const rotated = { exclude: "none", rotate: true, k: 2, format: "ids" };
    assertEquals((await send("POST", "/recommend/ann", rotated)).body, ["200", "500"]);
    assertEquals((await send("POST", "/recommend/ann", rotated)).body, ["200", "500"]);
    assertEquals((await send("POST", "/recommend/ann", rotated)).body, ["200", "300"]);
  }));

/** Bad bodies of `POST /recommend/ann`: body, the invalid field, and part of the message. */
const BAD_LISTS: readonly [unknown, string | undefined, string][] = [
  [[], undefined, "The body must be a JSON object, got []"],
  [{ events: [] }, "events", "Unknown parameter"],
  [{ brand: "runail" }, "brand", 'a list of brands, got "runail"'],
  [{ category: [5] }, "category[0]", "text of 1 to 500 characters, got 5"],
  [{ not: Array(1001).fill("1") }, "not", "at most 1000 product ids, got 1001"],
  [{ notBrand: Array(101).fill("1") }, "notBrand", "at most 100 brands, got 101"],
];

for (const [body, parameter, message] of BAD_LISTS) {
  Deno.test(`a user's list by ${JSON.stringify(body).slice(0, 40)} is refused: ${message}`, () =>
    withLiveShop(async ({ send }) => {
      const answer = await send("POST", "/recommend/ann", body);
      assertEquals([answer.status, answer.body.parameter], [400, parameter]);
      assert(answer.body.detail.includes(message), answer.body.detail);
    }));
}

Deno.test("a user's list by a body is explained for managers only", () =>
  withLiveShop(async ({ ask, send }) => {
    const { body } = await send("POST", "/recommend/ann", { explain: true, k: 1 });
    assertEquals(body.items[0].explanation.because.length > 0, true);
    const init = { method: "POST", headers: {}, body: JSON.stringify({ explain: true }) };
    assertEquals((await ask("/recommend/ann", init)).status, 401);
  }));

Deno.test("pages of a list follow each other", () =>
  withLiveShop(async ({ get }) => {
    for (const list of ["/recommend/ann?exclude=none", "/recommend/nobody?", "/popular?"]) {
      const whole = await get(`${list}&format=ids`);
      const pages = [];
      for (let offset = 0; offset < 6; offset += 2) {
        pages.push(...await get(`${list}&format=ids&k=2&offset=${offset}`));
      }
      assertEquals(pages, whole);
    }
    const similar = await get("/similar/100?format=ids");
    assertEquals(await get("/similar/100?format=ids&offset=1&k=2"), similar.slice(1, 3));
  }));

Deno.test("a session's events are ordered by time", () =>
  withLiveShop(async ({ send }) => {
    const cart = { productId: "200", type: "cart", time: 1572652800 };
    const removal = { productId: "200", type: "remove_from_cart", time: 1572652801 };
    const { body } = await send("POST", "/recommend", { events: [removal, cart] });
    assertEquals(body.strategy, "popular");
  }));

/** Bad bodies of `POST /recommend`: body, the invalid field, and part of the message. */
const BAD_SESSIONS: readonly [unknown, string | undefined, string][] = [
  [{}, "events", 'Parameter "events" is missing; it must be a list of events, oldest first'],
  [[], undefined, "The body must be a JSON object, got []"],
  [{ events: [{}] }, "events[0].productId", '"events[0].productId" is missing; it must be'],
  [{ events: [{ productId: "1", type: "look" }] }, "events[0].type", "one of view, cart"],
  [{ events: [], k: "5" }, "k", 'a whole number from 1 to 1000, got "5"'],
  [{ events: [], rotate: true }, "rotate", "Unknown parameter"],
  [{ events: [], not: "1" }, "not", "a list of product ids"],
  [{ events: [{ productId: "1", type: "view", userId: "ann" }] }, "events[0].userId", "Unknown"],
];

for (const [body, parameter, message] of BAD_SESSIONS) {
  Deno.test(`the session ${JSON.stringify(body)} is refused: ${message}`, () =>
    withLiveShop(async ({ send }) => {
      const answer = await send("POST", "/recommend", body);
      assertEquals([answer.status, answer.body.parameter], [400, parameter]);
      assert(answer.body.detail.includes(message), answer.body.detail);
    }));
}

Deno.test("an explanation names the events behind a product; their parts add up to its score", () =>
  withLiveShop(async ({ get }) => {
    const { items } = await get("/recommend/ann?explain=true&exclude=none");
    const [first] = items;
    // 37 = 1·1 + 4·9
    assertEquals(first.explanation, {
      exact: false,
      base: 0,
      because: [
        {
          productId: "200",
          type: "purchase",
          time: "2019-11-01T00:01:00.000Z",
          contribution: 36,
        },
        { productId: "100", type: "view", time: "2019-11-01T00:00:00.000Z", contribution: 1 },
      ],
    });
    for (const { score, explanation: { base, because } } of items) {
      const parts = because.map(({ contribution }: { contribution: number }) => contribution);
      assertAlmostEquals(parts.reduce((sum: number, part: number) => sum + part, base), score);
    }
    const popular = await get("/recommend/nobody?explain=true&k=1");
    assertEquals(popular.items[0].explanation, { exact: true, base: 8, because: [] });
  }));

Deno.test("diversity trades relevance for variety, and 0 changes nothing", () =>
  withLiveShop(async ({ get }) => {
    const ids = (diversity: number) =>
      get(`/recommend/ann?exclude=none&format=ids&k=3&diversity=${diversity}`);
    assertEquals(await ids(0), ["200", "500", "300"]);
    // 500 shares its category with 100, and 300 its brand; only 400 is similar to 200.
    assertEquals((await ids(1))[0], "200");
    assert(!(await ids(1)).includes("400"));
    const all = await get("/recommend/ann?exclude=none&format=ids&diversity=0.7");
    assertEquals(all.toSorted(), ["100", "200", "300", "400", "500"]);
  }));

Deno.test("calibration gives categories the shares of the user's events, and explains them", () =>
  withLiveShop(async ({ get }) => {
    const list = (query: string) => get(`/recommend/ann?exclude=none&k=3&${query}`);
    assertEquals(await list("format=ids&calibration=0"), ["200", "500", "300"]);
    // ann's events: a view of 100, weight 1, and a purchase of 200, weight 4, whose category has
    // 400 as well. Errors of the second item: 400 .74, 100 .19, others more; third: 400 .04.
    assertEquals(await list("format=ids&calibration=1"), ["200", "100", "400"]);
    const { items } = await list("calibration=1&explain=true");
    assertEquals(
      items.map(({ explanation }: { explanation: { category: object } }) => explanation.category),
      [{ user: 0.8, list: 2 / 3 }, { user: 0.2, list: 1 / 3 }, { user: 0.8, list: 2 / 3 }],
    );
    const [first] = (await list("explain=true")).items;
    assert(!("category" in first.explanation));
  }));

Deno.test("rotate demotes what this user was shown recently", () =>
  withLiveShop(async ({ get, ask }) => {
    const next = (user: string) =>
      get(`/recommend/${user}?exclude=none&format=ids&k=2&rotate=true`);
    // Scaled to 0 to 1: 200: 1, 500: 0.3, 300: 0.1, 100: 0.067, 400: 0.
    assertEquals(await next("ann"), ["200", "500"]);
    // 200: 0.5, 500: 0.15
    assertEquals(await next("ann"), ["200", "500"]);
    // 200: 0.25, 500: 0.075, below 300 with 0.1
    assertEquals(await next("ann"), ["200", "300"]);
    assertEquals(await get("/recommend/ann?exclude=none&format=ids&k=2"), ["200", "500"]);
    assertEquals(
      (await ask("/recommend/ann?rotate=true")).headers.get("cache-control"),
      "no-store",
    );
  }));

Deno.test("rotation without a token works, but writes nothing to the store", () =>
  withLiveShop(async ({ ask, store }) => {
    const next = async () =>
      await (await ask("/recommend/ann?exclude=none&format=ids&k=2&rotate=true", { headers: {} }))
        .json();
    const version = store.version();
    for (let i = 0; i < 2; i++) assertEquals(await next(), ["200", "500"]);
    assertEquals(await next(), ["200", "300"]);
    assertEquals(store.version(), version);
    assertEquals(await store.shownTo("ann"), []);
    await store.forget("ann");
    // Popular now; what ann was shown before is forgotten, too.
    const popular = await next();
    assertEquals(popular, ["200", "400"]);
  }));

Deno.test("similar products are those that the model recommends after one view", () =>
  withLiveShop(async ({ get, ask }) => {
    const { productId, model, items } = await get("/similar/100");
    assertEquals({ productId, model }, { productId: "100", model: "affinity" });
    assertEquals(
      items.map(({ productId, score }: Record<string, unknown>) => [productId, score]),
      [["400", 3], ["300", 2], ["200", 1], ["500", 0]],
    );
    assertEquals(await get("/similar/100?format=ids&k=1&maxPrice=300&not=300"), ["200"]);
    assertEquals((await get("/similar/100?model=popularity")).model, "content");
    assertEquals((await get("/similar/200?model=content&k=1")).items[0].productId, "400");
    const missing = await ask("/similar/nothing");
    assertEquals(missing.status, 404);
    assertEquals((await missing.json()).parameter, "productId");
  }));

Deno.test("popular products can be filtered by brand, category and price", () =>
  withLiveShop(async ({ get }) => {
    assertEquals(idsOf(await get("/popular")), ["200", "400", "100", "300", "500"]);
    assertEquals((await get("/popular?k=1")).items, [
      { productId: "200", score: 8, brand: "unknown", category: "22", price: 0.5 },
    ]);
    assertEquals(await get("/popular?brand=runail&format=ids"), ["100", "300"]);
    assertEquals(await get("/popular?category=22&not=200&format=ids"), ["400"]);
    assertEquals(await get("/popular?minPrice=10&format=ids&k=1"), ["300"]);
  }));

Deno.test("on old data, what was popular lately is counted up to the hour of the last event", () =>
  withLiveShop(async ({ get, send }) => {
    // On 1 November Ann viewed 100 and bought 200, Bob viewed 300 twice; on 2 November 500 was
    // viewed.
    const scores = async (window: string) => {
      const { items } = await get(`/popular?window=${window}`);
      return items.map(({ productId, score }: Record<string, unknown>) => [productId, score]);
    };
    // The hour that begins at midnight on the second ends the window.
    assertEquals(await scores("1d"), [["500", 1]]);
    assertEquals(await scores("2d"), [["200", 4], ["300", 2], ["100", 1], ["500", 1]]);
    await send("POST", "/events", {
      userId: "x",
      productId: "400",
      type: "cart",
      time: "2019-11-03T23:00:00Z",
    });
    assertEquals(await scores("1d"), [["400", 2]]);
    assertEquals((await get("/popular?window=2d")).window, {
      from: "2019-11-02T00:00:00.000Z",
      to: "2019-11-04T00:00:00.000Z",
    });
    assertEquals(await scores("2d"), [["400", 2], ["500", 1]]);
  }));

/** The scores of what was popular within a day, by product. */
async function lastDay(get: (path: string) => Promise<{ items: Scored[] }>) {
  const { items } = await get("/popular?window=1d");
  return Object.fromEntries(items.map(({ productId, score }) => [productId, score]));
}

interface Scored {
  productId: string;
  score: number;
}

Deno.test("a window slides over hours, across midnight, without events of the future", () => {
  let now = Date.parse("2019-11-10T23:50:00Z");
  return withLiveShop(async ({ get, send }) => {
    const view = (productId: string, time: string) =>
      send("POST", "/events", { userId: "x", productId, type: "view", time });
    await view("100", "2019-11-10T00:30:00Z");
    await view("200", "2019-11-10T23:40:00Z");
    await view("300", "2019-11-11T05:00:00Z");
    assertEquals(await lastDay(get), { 100: 1, 200: 1 });
    now = Date.parse("2019-11-11T00:10:00Z");
    assertEquals(await lastDay(get), { 200: 1 });
    assertEquals((await get("/popular?window=1d")).window, {
      from: "2019-11-10T01:00:00.000Z",
      to: "2019-11-11T01:00:00.000Z",
    });
    now = Date.parse("2019-11-11T05:20:00Z");
    assertEquals(await lastDay(get), { 200: 1, 300: 1 });
    now = Date.parse("2019-11-11T23:59:59Z");
    assertEquals(await lastDay(get), { 300: 1 });
  }, { now: () => now });
});

Deno.test("what an artifact covers and what came in later neither overlap nor leave a gap", () =>
  // The artifact's last event is a view of 500 in the first second of the second of November.
  withLiveShop(async ({ get, send }) => {
    const view = (time: string) =>
      send("POST", "/events", { userId: "x", productId: "500", type: "view", time });
    await view("2019-11-01T23:59:59Z");
    await view("2019-11-02T00:00:00Z");
    assertEquals(await lastDay(get), { 500: 1 });
    await view("2019-11-02T00:00:01Z");
    assertEquals(await lastDay(get), { 500: 2 });
    await view("2019-11-02T13:00:00Z");
    assertEquals(await lastDay(get), { 500: 3 });
  }, { now: () => Date.parse("2019-11-02T13:30:00Z") }));

Deno.test("after training on old files and new events, a window covers the last day", async () => {
  const now = Date.parse("2019-11-20T10:00:00Z");
  const { times, ...interactions } = tinyInteractions();
  const mixed = { ...interactions, times: times.slice() };
  // The last user's view of 500 becomes an event of this morning.
  mixed.times[mixed.times.length - 1] = Date.parse("2019-11-20T09:00:00Z") / 1000;
  const created = new Date("2019-11-20T09:30:00Z");
  const artifact = await tinyArtifact({ interactions: mixed, created });
  await withLiveShop(async ({ get, send }) => {
    assertEquals(await lastDay(get), { 500: 1 });
    const time = "2019-11-20T09:45:00Z";
    await send("POST", "/events", { userId: "x", productId: "400", type: "cart", time });
    assertEquals(await lastDay(get), { 400: 2, 500: 1 });
  }, { artifact, now: () => now });
});

Deno.test("an artifact's event of the future hides nothing that came in since", async () => {
  const { times, ...interactions } = tinyInteractions();
  const wrong = { ...interactions, times: times.slice() };
  wrong.times[wrong.times.length - 1] = Date.parse("2030-01-01T00:00:00Z") / 1000;
  const created = new Date("2019-11-03T00:00:00Z");
  const artifact = await tinyArtifact({ interactions: wrong, created });
  await withLiveShop(async ({ get, send }) => {
    const time = "2019-11-03T10:00:00Z";
    await send("POST", "/events", { userId: "x", productId: "400", type: "cart", time });
    assertEquals(await lastDay(get), { 400: 2 });
  }, { artifact, now: () => Date.parse("2019-11-03T11:00:00Z") });
});

Deno.test("ties are in the order of the catalogue, page after page", () =>
  withLiveShop(async ({ get }) => {
    const pages = await Promise.all(
      [0, 2, 4, 6].map((offset) => get(`/products?limit=2&offset=${offset}`)),
    );
    assertEquals(pages.map(idsOf), [["200", "400"], ["100", "300"], ["500"], []]);
    assertEquals(pages.map(({ total }) => total), [5, 5, 5, 5]);
  }));

/** Searches and the ids that they find. */
const SEARCHES: readonly [string, string[]][] = [
  ["query=runail", ["100", "300"]],
  ["query=RUN+access", ["100"]],
  ["query=30", ["300"]],
  ["query=runail&maxPrice=6", ["100"]],
  ["brand=irisk", ["400"]],
  ["category=22&minPrice=0.1", ["200"]],
  ["query=nothing", []],
];

for (const [query, expected] of SEARCHES) {
  Deno.test(`searching ${query} finds ${expected.join(", ") || "nothing"}`, () =>
    withLiveShop(async ({ get }) => {
      const found = await get(`/products?${query}`);
      assertEquals([found.total, idsOf(found)], [expected.length, expected]);
    }));
}

Deno.test("a product is answered with its facts", () =>
  withLiveShop(async ({ get, ask }) => {
    assertEquals(await get("/products/100"), {
      productId: "100",
      brand: "runail",
      category: "accessories.bag",
      price: 5.24,
      inStock: true,
    });
    assertEquals((await ask("/products/nothing")).status, 404);
  }));

Deno.test("a product out of stock isn't recommended until it is back", () =>
  withLiveShop(async ({ get, send }) => {
    const everywhere = async () => [
      ...await get("/recommend/ann?exclude=none&format=ids"),
      ...await get("/recommend/nobody?format=ids"),
      ...await get("/similar/100?format=ids"),
      ...await get("/popular?format=ids"),
      ...await get("/popular?window=9d&format=ids"),
      ...(await send("POST", "/recommend", { events: [], format: "ids" })).body,
    ];
    assert((await everywhere()).includes("500"));
    const { status, body } = await send("PUT", "/products/500", { inStock: false });
    assertEquals([status, body.inStock, body.price], [200, false, 328]);
    assert(!(await everywhere()).includes("500"));
    assertEquals((await get("/products?query=500")).items[0].inStock, false);
    await send("PUT", "/products/500", { inStock: true });
    assert((await everywhere()).includes("500"));
  }));

Deno.test("a changed price, brand or category takes effect immediately", () =>
  withLiveShop(async ({ get, send }) => {
    await send("PUT", "/products/400", { price: 3, brand: "Runail", category: "bags.small" });
    assertEquals(await get("/popular?brand=runail&maxPrice=4&format=ids"), ["400"]);
    assertEquals(await get("/popular?category=bags&format=ids"), ["400"]);
    // The category's number is unchanged.
    assertEquals(await get("/popular?category=22&format=ids"), ["200", "400"]);
    assertEquals((await get("/recommend/ann?brand=runail&maxPrice=4")).items[0], {
      productId: "400",
      score: 7,
      brand: "Runail",
      category: "bags.small",
      price: 3,
      source: "model",
    });
  }));

Deno.test("a product new to the models is recommended by content and popularity", () =>
  withLiveShop(async ({ get, send }) => {
    const product = { brand: "runail", category: "accessories.bag", price: 6, title: "Bag" };
    const { status, body } = await send("PUT", "/products/new", product);
    assertEquals({ status, body }, {
      status: 201,
      body: { productId: "new", ...product, inStock: true },
    });
    // It shares terms with 100, which scores 9, and 300, which scores 10: it gets the better score.
    assertEquals(await get("/recommend/ann?format=ids"), ["500", "300", "new", "400"]);
    assertEquals(await get("/recommend/ann?brand=runail&format=ids"), ["300", "new"]);
    assert((await get("/similar/200?format=ids")).includes("new"));
    assertEquals((await get("/similar/100?model=content&k=1")).items[0].productId, "new");
    assertEquals((await get("/similar/new?k=1")).items[0].productId, "100");

    assertEquals(idsOf(await get("/popular")).at(-1), "new");
    const buy = { productId: "new", type: "purchase" };
    await send("POST", "/events", ["u", "v", "w"].map((userId) => ({ userId, ...buy })));
    assertEquals((await get("/popular?k=1")).items[0], {
      productId: "new",
      score: 12,
      ...product,
    });
    assertEquals(await get("/popular?window=1d&format=ids"), ["new"]);
    // The model knows nothing in this history; by its description, the product is most like 100.
    const { model, strategy, items } = await get("/recommend/u?k=1");
    assertEquals([model, strategy, items[0].productId], ["content", "personalized", "100"]);
    const visit = { events: [{ productId: "new", type: "view" }], format: "ids", k: 1 };
    assertEquals((await send("POST", "/recommend", visit)).body, ["100"]);
  }));

Deno.test("content recommends new products like any other", async () => {
  await withLiveShop(async ({ get, send }) => {
    await send("PUT", "/products/new", { brand: "runail", category: "accessories.bag", price: 5 });
    const { model, items } = await get("/recommend/ann?model=content&k=1");
    assertEquals([model, items[0].productId], ["content", "new"]);
    await send("POST", "/events", { userId: "u", productId: "new", type: "view" });
    const list = await get("/recommend/u?model=content&k=1&explain=true");
    assertEquals([list.strategy, list.items[0].productId], ["personalized", "100"]);
    assertEquals(list.items[0].explanation.because[0].productId, "new");
  }, { artifact: await withContent() });
});

/** The tiny shop with the model `content` and titles. */
async function withContent(): Promise<Artifact> {
  const { content } = await import("../../src/models/content.ts");
  const interactions = tinyInteractions();
  const title = textColumn(["Bag", "Gel", "Brush", "Gel", "Bag"]);
  const titled = { ...interactions, catalogue: { ...interactions.catalogue, title } };
  const tiny = await tinyArtifact();
  const model = await content.fit(titled);
  return {
    ...tiny,
    interactions: stored(titled),
    models: new Map([...tiny.models, ["content", model]]),
  };
}

Deno.test("an invalid change of a product is refused by its field", () =>
  withLiveShop(async ({ send }) => {
    for (
      const [change, parameter] of [
        [{ price: -1 }, "price"],
        [{ instock: true }, "instock"],
        [{ inStock: "yes" }, "inStock"],
        [{ brand: "" }, "brand"],
      ] as const
    ) {
      const { status, body } = await send("PUT", "/products/1", change);
      assertEquals([status, body.parameter], [400, parameter]);
    }
    assertEquals((await send("PUT", "/products/1", "{")).status, 400);
  }));
