/**
 * Rules by hand-worked lists. By affinity ann's products are 200 (37), 500 (16), 300 (10), 100 (9)
 * and 400 (7); runail made 100 and 300, irisk 400; 100 is in accessories.bag, 500 in category 11;
 * prices are 5.24, 0.5, 12, none and 328.
 */
import { assertEquals } from "../../assert.ts";
import { idsOf, type LiveShop, withLiveShop } from "../live_shop.ts";

type Rule = Record<string, unknown>;

/** A service whose placement `all` has these rules, in their order. */
function withRules(
  rules: Readonly<Record<string, Rule>>,
  run: (shop: LiveShop & { list(query?: string): Promise<Listed> }) => Promise<void>,
  placement: Rule = {},
): Promise<void> {
  const all = {
    strategy: "personal",
    exclude: "none",
    k: 5,
    rules: Object.keys(rules),
    ...placement,
  };
  const placements = {
    placements: { all },
    rules,
    segments: {
      buyers: { events: { purchase: { min: 1 } } },
      viewers: { events: { purchase: { max: 0 } } },
    },
  };
  return withLiveShop(
    (shop) => run({ ...shop, list: (query = "") => listed(shop, query) }),
    { placements } as unknown as Parameters<typeof withLiveShop>[1],
  );
}

interface Listed {
  readonly ids: readonly string[];
  readonly scores: readonly number[];
  /** Of each rule, whether it is met or why it isn't. */
  readonly outcomes: Readonly<Record<string, boolean | string>>;
  readonly items: readonly { readonly rules?: readonly object[] }[];
}

async function listed({ get }: LiveShop, query: string): Promise<Listed> {
  const list = await get(`/placements/all?userId=ann&explain=true${query}`);
  return {
    ids: idsOf(list),
    scores: list.items.map(({ score }: { score: number }) => score),
    outcomes: Object.fromEntries(
      list.rules.map((
        { rule, isMet, detail }: { rule: string; isMet: boolean; detail?: string },
      ) => [
        rule,
        detail ?? isMet,
      ]),
    ),
    items: list.items,
  };
}

Deno.test("a boost multiplies scores, several boosts of a product multiply each other", () =>
  withRules({
    runail: { boost: { factor: 2, brand: ["Runail"] } },
    cheap: { boost: { factor: 0.1, maxPrice: 5 } },
    bags: { boost: { factor: 2, category: ["accessories"] } },
  }, async ({ list }) => {
    // 100: 9 · 2 · 2 = 36, 300: 10 · 2 = 20, 500: 16, 400: 7 (no known price), 200: 37 · 0.1.
    const { ids, scores, items, outcomes } = await list();
    assertEquals(ids, ["100", "300", "500", "400", "200"]);
    assertEquals(scores.map((score) => Math.round(10 * score) / 10), [36, 20, 16, 7, 3.7]);
    assertEquals(items[0].rules, [
      { rule: "runail", effect: "boost", factor: 2 },
      { rule: "bags", effect: "boost", factor: 2 },
    ]);
    assertEquals(items[2].rules, undefined);
    assertEquals(outcomes, { runail: true, cheap: true, bags: true });
  }));

Deno.test("a boost acts before diversity: relevance is scaled from the boosted scores", () =>
  withRules(
    { irisk: { boost: { factor: 10, brand: ["irisk"] } } },
    // 400: 70 comes first by relevance, and by affinity's terms nothing else decides that place.
    async ({ list }) => assertEquals((await list()).ids[0], "400"),
    { diversity: 0.3 },
  ));

Deno.test("a rule by a number of the shop's own follows its changes", () =>
  withRules(
    { margin: { boost: { factor: 10, fields: { margin: { min: 3 } } } } },
    async ({ list, send }) => {
      assertEquals((await list()).outcomes, { margin: "it means no product" });
      await send("PUT", "/products/400", { fields: { margin: 3 } });
      await send("PUT", "/products/100", { fields: { margin: 2.9 } });
      const { ids, outcomes } = await list();
      // 400: 7 · 10 = 70.
      assertEquals(ids, ["400", "200", "500", "300", "100"]);
      assertEquals(outcomes, { margin: true });
    },
  ));

Deno.test("include and exclude leave what both let pass", () =>
  withRules({
    some: { include: { products: ["100", "300", "500"] } },
    cheap: { exclude: { maxPrice: 6 } },
  }, async ({ list }) => {
    assertEquals((await list()).ids, ["500", "300"]);
  }));

Deno.test("a rule that would leave no product is off and says so; the list isn't empty", () =>
  withRules({
    none: { exclude: { minPrice: 0 } },
    irisk: { include: { brand: ["irisk"] } },
    runail: { include: { brand: ["runail"] } },
  }, async ({ list }) => {
    // Only 400 has no known price.
    const { ids, outcomes } = await list();
    assertEquals(ids, ["400"]);
    assertEquals(outcomes, {
      none: true,
      irisk: true,
      runail: "it would leave no product, so it is off",
    });
  }));

Deno.test("a cap lets the best products of a brand in, and the next of others after them", () =>
  withRules({ one: { cap: { by: "brand", most: 1 } } }, async ({ list }) => {
    // 100 is runail's second; brands of 200 and 500 aren't known.
    assertEquals((await list()).ids, ["200", "500", "300", "400"]);
    assertEquals((await list("&k=3")).ids, ["200", "500", "300"]);
    // The cap counts the places that offset skips.
    assertEquals((await list("&k=2&offset=2")).ids, ["300", "400"]);
  }));

Deno.test("caps by category and brand hold together", () =>
  withRules({
    brand: { cap: { by: "brand", most: 1 } },
    category: { cap: { by: "category", most: 1 } },
  }, async ({ list, send }) => {
    // 200 and 400 are in category 22.
    assertEquals((await list()).ids, ["200", "500", "300"]);
    // If 300 can't be bought, runail's place is 100's.
    await send("PUT", "/products/300", { inStock: false });
    assertEquals((await list()).ids, ["200", "500", "100"]);
  }));

Deno.test("a pin takes its place, the rest of the list moves back", () =>
  withRules({ pin: { pin: { productId: "400", position: 2 } } }, async ({ list }) => {
    const { ids, items, outcomes } = await list();
    assertEquals(ids, ["200", "400", "500", "300", "100"]);
    assertEquals(items[1].rules, [{ rule: "pin", effect: "pin", position: 2 }]);
    assertEquals(outcomes, { pin: true });
    // Page by page it is the same list.
    assertEquals((await list("&k=2")).ids, ["200", "400"]);
    assertEquals((await list("&k=2&offset=1")).ids, ["400", "500"]);
    // A list that ends before the place has no pin.
    const { ids: short, outcomes: none } = await list("&k=1");
    assertEquals([short, none], [["200"], {}]);
  }));

Deno.test("a place that is taken gives the next free one, and each conflict is told", () =>
  withRules({
    first: { pin: { productId: "400", position: 1 } },
    second: { pin: { productId: "100", position: 1 } },
    again: { pin: { productId: "400", position: 4 } },
    gone: { pin: { productId: "300", position: 3 } },
    no300: { exclude: { products: ["300"] } },
  }, async ({ list }) => {
    const { ids, outcomes } = await list("&k=4");
    assertEquals(ids, ["400", "100", "200", "500"]);
    assertEquals(outcomes, {
      first: true,
      second: "rule first has the place; it is at 2",
      again: "rule first pins the product already",
      gone: "a filter or a rule excludes the product",
      no300: true,
    });
  }));

Deno.test("a pin may show what the user has, and counts in caps, which it may exceed", () =>
  withRules({
    p100: { pin: { productId: "100", position: 1 } },
    p300: { pin: { productId: "300", position: 2 } },
    one: { cap: { by: "brand", most: 1 } },
  }, async ({ list }) => {
    // ann has seen 100 and 200.
    const { ids, outcomes } = await list("&exclude=seen");
    assertEquals(ids, ["100", "300", "500", "400"]);
    assertEquals(outcomes.one, "pins put 2 products of one brand into the list");
  }));

Deno.test("a pinned product out of stock leaves its place to the list", () =>
  withRules({ pin: { pin: { productId: "400", position: 1 } } }, async ({ list, send }) => {
    await send("PUT", "/products/400", { inStock: false });
    const { ids, outcomes } = await list();
    assertEquals(ids, ["200", "500", "300", "100"]);
    assertEquals(outcomes, { pin: "the product is out of stock" });
  }));

Deno.test("new arrivals get their share at the list's end; what is missing is told", () =>
  withRules({ fresh: { newArrivals: { share: 0.5 } } }, async ({ list, send }) => {
    assertEquals((await list("&k=4")).outcomes, { fresh: "0 of 2 places have new arrivals" });
    assertEquals((await list("&k=4")).ids, ["200", "500", "300", "100"]);
    await send("PUT", "/products/600", { brand: "runail", title: "New" });
    const one = await list("&k=4");
    assertEquals(one.ids, ["200", "500", "300", "600"]);
    // Its estimated score lets it in, so that the rule does nothing to it.
    assertEquals(one.items[3].rules, undefined);
    assertEquals(one.outcomes, { fresh: "1 of 2 places have new arrivals" });
    await send("PUT", "/products/700", { brand: "irisk", title: "Newer" });
    const two = await list("&k=4");
    assertEquals(two.ids, ["200", "500", "600", "700"]);
    assertEquals(two.items[3].rules, [{ rule: "fresh", effect: "newArrivals" }]);
    assertEquals(two.outcomes, { fresh: true });
  }));

Deno.test("new arrivals without a place stay out, also where another rule gives them a share", () =>
  withRules({
    few: { newArrivals: { most: 0.2 } },
    fresh: { newArrivals: { share: 0.5 } },
  }, async ({ list, send }) => {
    await send("PUT", "/products/600", { brand: "runail", title: "New" });
    // A fifth of four places is none; of five, one.
    const four = await list("&k=4");
    assertEquals(four.ids, ["200", "500", "300", "100"]);
    assertEquals(four.outcomes, { few: true, fresh: "0 of 2 places have new arrivals" });
    const five = await list("&k=5");
    assertEquals(five.ids.includes("600"), true);
    assertEquals(five.outcomes, { few: true, fresh: "1 of 3 places have new arrivals" });
  }));

Deno.test("new arrivals may come from a later step than the rest of the list", () =>
  withLiveShop(
    async ({ get, send }) => {
      await send("PUT", "/products/600", { title: "New" });
      // 200 is in baskets with 100; nothing says what goes with a product without a category.
      const { items, steps } = await get("/placements/all?productId=100");
      assertEquals(
        items.map(({ productId, step }: { productId: string; step: number }) => [
          productId,
          step,
        ]),
        [["200", 0], ["600", 1]],
      );
      assertEquals(steps.map(({ strategy }: { strategy: string }) => strategy), [
        "together",
        "popular",
      ]);
    },
    {
      placements: {
        placements: {
          all: {
            ...{ strategy: "together", k: 2, rules: ["fresh"] },
            fallback: [{ strategy: "popular" }],
          },
        },
        rules: { fresh: { newArrivals: { share: 0.5 } } },
      },
    } as unknown as Parameters<typeof withLiveShop>[1],
  ));

Deno.test("rules that leave nothing of what a placement finds are off", () =>
  withRules(
    { priced: { include: { minPrice: 1 } }, pin: { pin: { productId: "700", position: 1 } } },
    async ({ list, send }) => {
      // 600 is new and has no price; others have, but aren't new.
      await send("PUT", "/products/600", { title: "New" });
      const { ids, outcomes } = await list();
      assertEquals(ids, ["600"]);
      assertEquals(outcomes, {
        priced: "it would leave no product, so it is off",
        pin: "nobody knows the product",
      });
    },
    { strategy: "new", rules: ["priced", "pin"] },
  ));

Deno.test("rules hold from their beginning until before their end", async () => {
  let now = Date.parse("2026-11-27T00:00:00Z");
  const placements = {
    placements: { all: { strategy: "personal", exclude: "none", rules: ["sale"] } },
    rules: {
      sale: {
        pin: { productId: "400", position: 1 },
        from: "2026-11-27T12:00:00Z",
        until: "2026-11-28T00:00:00Z",
      },
    },
  };
  const options = { placements, now: () => now } as unknown as Parameters<typeof withLiveShop>[1];
  await withLiveShop(async ({ get }) => {
    // The second list of each time comes from the cache.
    const first = async () => {
      const [a, b] = [
        await get("/recommend/ann?placement=all"),
        await get("/recommend/ann?placement=all"),
      ];
      assertEquals(a, b);
      return idsOf(a)[0];
    };
    assertEquals(await first(), "200");
    now = Date.parse("2026-11-27T11:59:59.999Z");
    assertEquals(await first(), "200");
    now += 1;
    assertEquals(await first(), "400");
    now = Date.parse("2026-11-27T23:59:59.999Z");
    assertEquals(await first(), "400");
    now += 1;
    assertEquals(await first(), "200");
  }, options);
});

Deno.test("rules hold for a segment's users and for a category's lists only", () =>
  withRules({
    buyers: { pin: { productId: "400", position: 1 }, segments: ["buyers"] },
    viewers: { pin: { productId: "300", position: 1 }, segments: ["viewers"] },
    bags: { pin: { productId: "500", position: 2 }, categories: ["accessories"] },
  }, async ({ get, list }) => {
    assertEquals((await list()).ids.slice(0, 2), ["400", "200"]);
    assertEquals(idsOf(await get("/placements/all?userId=bob"))[0], "300");
    // 100 is in accessories.bag.
    assertEquals((await list("&productId=100")).ids.slice(0, 2), ["400", "500"]);
    assertEquals((await list("&productId=300")).ids.slice(0, 2), ["400", "200"]);
  }));
