/** When what a user bought is listed again. */
import { assert, assertEquals } from "../../assert.ts";
import { idsOf, type LiveShop, withLiveShop } from "../live_shop.ts";

const DAY = 86_400_000;
/** Ann saw 100, a bag, on 2019-11-01, and bought 200, of category 22, a minute later. */
const BOUGHT = Date.parse("2019-11-01T00:01:00Z");

type Placements = NonNullable<Parameters<typeof withLiveShop>[1]>["placements"];

const PLACEMENTS: Placements = {
  placements: { again: { strategy: "personal", exclude: "none", rules: ["bags", "consumables"] } },
  rules: {
    bags: { boughtAgain: { category: ["accessories"] } },
    consumables: { boughtAgain: { days: 30 } },
  },
  defaults: ["bags", "consumables"],
};

/** Serves the shop at a time that tests can change, without events after the training. */
async function at(
  days: number,
  run: (shop: LiveShop, go: (days: number) => void) => Promise<void>,
): Promise<void> {
  let now = BOUGHT + days * DAY;
  await withLiveShop((shop) => run(shop, (days) => now = BOUGHT + days * DAY), {
    ...{ placements: PLACEMENTS, now: () => now },
  });
}

Deno.test("what was bought is listed again as many days after as its rule says", () =>
  at(29.9, async ({ get }, go) => {
    const paths = [
      "/recommend/ann?format=ids",
      "/recommend/ann?exclude=purchased&format=ids",
      "/recommend/ann?exclude=none&format=ids",
      "/placements/again?userId=ann&format=ids",
      "/similar/400?userId=ann&format=ids",
    ];
    for (const path of paths) assert(!(await get(path)).includes("200"), path);
    // Without the user the product is like any other.
    assert((await get("/similar/400?format=ids")).includes("200"));
    go(30);
    for (const path of paths) assert((await get(path)).includes("200"), path);
    // What was only seen stays the user's own.
    assert(!(await get(paths[0])).includes("100"));
  }));

Deno.test("the first rule that means a product holds, and one without days hides for good", () =>
  at(0.5, async ({ get, send }, go) => {
    await send("POST", "/events", { userId: "ann", productId: "100", type: "purchase" });
    go(3000);
    const ids = await get("/recommend/ann?exclude=none&format=ids");
    assertEquals([ids.includes("100"), ids.includes("200")], [false, true]);
  }));

Deno.test("a later purchase counts, and a dislike hides what is due", () =>
  at(40, async ({ get, send }, go) => {
    const isListed = async () => (await get("/recommend/ann?format=ids")).includes("200");
    assert(await isListed());
    await send("POST", "/events", { userId: "ann", productId: "200", type: "purchase" });
    assert(!await isListed());
    go(70);
    assert(await isListed());
    await send("POST", "/events", { userId: "ann", productId: "200", type: "dislike" });
    assert(!await isListed());
  }));

Deno.test("explanations say what is hidden for now, and when the user bought what isn't", () =>
  at(1, async ({ get }, go) => {
    const list = await get("/recommend/ann?explain=true");
    assertEquals(list.rules, [
      { rule: "bags", effect: "boughtAgain", isMet: true, hides: 0 },
      { rule: "consumables", effect: "boughtAgain", isMet: true, hides: 1 },
    ]);
    go(31);
    const later = await get("/recommend/ann?explain=true");
    const [again] = later.items.filter(({ productId }: { productId: string }) =>
      productId === "200"
    );
    assertEquals(again.rules, [
      { rule: "consumables", effect: "boughtAgain", bought: "2019-11-01T00:01:00.000Z" },
    ]);
    assertEquals(later.rules[1].hides, 0);
  }));

Deno.test("a visitor's purchases count like a user's", () =>
  at(0, async ({ send }) => {
    const bought = (time: number) => ({
      events: [{ productId: "200", type: "purchase", time: new Date(time).toISOString() }],
      ...{ exclude: "none", format: "ids" },
    });
    const now = BOUGHT;
    const recent = await send("POST", "/recommend", bought(now - 29 * DAY));
    const old = await send("POST", "/recommend", bought(now - 31 * DAY));
    assertEquals([recent.body.includes("200"), old.body.includes("200")], [false, true]);
  }));

Deno.test("of purchases before the newest 200 events, the time of arrival counts", () =>
  at(100, async ({ get, send }, go) => {
    await send("POST", "/events", { userId: "dora", productId: "500", type: "purchase" });
    go(101);
    for (let part = 0; part < 2; part++) {
      const views = Array.from({ length: 150 }, (_, i) => ({
        ...{ userId: "dora", productId: "300", type: "view", eventId: `${part} ${i}` },
      }));
      await send("POST", "/events", views);
    }
    const isListed = async () => idsOf(await get("/recommend/dora?exclude=none")).includes("500");
    go(129);
    assert(!await isListed());
    go(131);
    assert(await isListed());
  }));

Deno.test("the shop's programs can put such a rule for all lists", async () => {
  let now = BOUGHT + 10 * DAY;
  await withLiveShop(async ({ get, send }) => {
    const isListed = async () => (await get("/recommend/ann?format=ids")).includes("200");
    assert(!await isListed());
    const rule = { boughtAgain: { days: 7, products: ["200"] } };
    assertEquals((await send("PUT", "/rules/weekly", rule)).status, 200);
    assert(await isListed());
    await send("POST", "/events", { userId: "ann", productId: "200", type: "purchase" });
    assert(!await isListed());
    now += 7 * DAY;
    assert(await isListed());
  }, { now: () => now });
});
