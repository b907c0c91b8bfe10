/**
 * Placements that explore. Popularity counts 5, 8, 2, 8, 1 for the products 100 to 500, so that a
 * list of three is 200, 400, 100, and 300 and 500 come next.
 */
import { ListIds } from "../../../src/service/exposures/list_ids.ts";
import { placementsFile } from "../../../src/service/placements/definition/schema.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";
import { idsOf, type LiveShop, withLiveShop } from "../live_shop.ts";

type Placements = NonNullable<Parameters<typeof withLiveShop>[1]>["placements"];

const EXPLORE = { places: [3], method: "epsilonGreedy", epsilon: 0.5 } as const;

function withHome(
  run: (shop: LiveShop) => Promise<void>,
  home: object,
  { rules = {}, exposures = true }: { rules?: object; exposures?: boolean } = {},
): Promise<void> {
  const placements = {
    placements: { home: { strategy: "popular", k: 3, ...home } },
    rules,
  } as Placements;
  return withLiveShop(run, { placements, exposures });
}

interface Item {
  readonly productId: string;
  readonly explored?: boolean;
}

/** The list of the placement, and the propensities that its id says. */
async function listOf({ ask, store }: LiveShop, query = "") {
  const response = await ask(`/placements/home?${query}`);
  const { items } = await response.json() as { items: Item[] };
  const id = response.headers.get("x-list-id");
  const ids = new ListIds(await store.listKey());
  return { items, ids: idsOf({ items }), propensities: id && ids.read(id)!.propensities };
}

/** How often each product was at a place, of so many lists. */
async function sharesAt(shop: LiveShop, place: number, lists = 400) {
  const counts: Record<string, number> = {};
  for (let i = 0; i < lists; i++) {
    const id = (await listOf(shop)).ids[place - 1];
    counts[id] = (counts[id] ?? 0) + 1 / lists;
  }
  return counts;
}

Deno.test("a place that explores has its own product or one of the next, as often as said", () =>
  withHome(async (shop) => {
    const shares = await sharesAt(shop, 3);
    // Three candidates: half the time the first, the other half any.
    for (const [id, share] of Object.entries({ 100: 2 / 3, 300: 1 / 6, 500: 1 / 6 })) {
      assertAlmostEquals(shares[id], share, 0.1);
    }
    const { items, ids, propensities } = await listOf(shop);
    assertEquals(ids.slice(0, 2), ["200", "400"]);
    assertEquals(items.map(({ explored = false }) => explored), [false, false, true]);
    const propensity = ids[2] === "100" ? 0.666667 : 0.166667;
    assertEquals(propensities, [1, 1, propensity]);
  }, { explore: EXPLORE }));

Deno.test("with several places, each has another product", () =>
  withHome(async (shop) => {
    for (let i = 0; i < 30; i++) {
      const { ids, propensities } = await listOf(shop);
      assertEquals(new Set(ids).size, 3);
      assertEquals(ids[1], "400");
      assertEquals([propensities![1], propensities!.length], [1, 3]);
    }
  }, { explore: { ...EXPLORE, places: [1, 3], epsilon: 1 } }));

Deno.test("explored lists are made anew each time, also for a user's list", () =>
  withHome(async ({ get }) => {
    const third = new Set<string>();
    for (let i = 0; i < 40; i++) {
      third.add(idsOf(await get("/recommend/cleo?placement=home"))[2]);
    }
    assertEquals(third.size, 3);
  }, { explore: { ...EXPLORE, epsilon: 1 } }));

Deno.test("nothing is explored without exposures, on later pages, or to explain", async () => {
  const explore = { ...EXPLORE, epsilon: 1 };
  const isUsual = async (shop: LiveShop, query = "") => {
    for (let i = 0; i < 10; i++) {
      const { items, ids } = await listOf(shop, query);
      assert(items.every(({ explored }) => explored === undefined));
      assertEquals(ids, query.includes("offset") ? ["400", "100", "300"] : ["200", "400", "100"]);
    }
  };
  await withHome((shop) => isUsual(shop), { explore }, { exposures: false });
  await withHome(async (shop) => {
    await isUsual(shop, "offset=1");
    await isUsual(shop, "explain=true");
  }, { explore });
});

Deno.test("rules hold for candidates, and places of pins stay", () =>
  withHome(
    async (shop) => {
      for (let i = 0; i < 30; i++) {
        const { ids, propensities } = await listOf(shop);
        assertEquals(ids[2], "400");
        assert(!ids.includes("500"));
        assertEquals(propensities![2] ?? 1, 1);
      }
    },
    { explore: { ...EXPLORE, places: [1, 3], epsilon: 1 }, rules: ["last", "never"] },
    {
      rules: {
        last: { pin: { productId: "400", position: 3 } },
        never: { exclude: { products: ["500"] } },
      },
    },
  ));

Deno.test("where no other product is allowed, there is nothing to explore", () =>
  withHome(async (shop) => {
    const { ids, propensities } = await listOf(shop);
    assertEquals([ids, propensities], [["100", "300"], undefined]);
  }, { explore: { ...EXPLORE, places: [2], epsilon: 1 }, brand: ["runail"] }));

Deno.test("Thompson sampling shows what was clicked, once that is counted", () =>
  withHome(async (shop) => {
    const shown = (listId: string, productId: string, userId: string) => ({
      ...{ listId, userId, at: Date.now() - 1000, placement: "home", model: "popularity" },
      ...{ productIds: [productId], positions: [3], propensities: [0.5] },
    });
    const users = Array.from({ length: 200 }, (_, i) => `user-${i}`);
    await shop.store.recordExposures(
      users.flatMap((user) => ["100", "300", "500"].map((id) => shown(`l-${id}`, id, user))),
    );
    // Half of them click on 500, one in fifty on 100.
    await shop.store.append(
      users.flatMap((userId, i) => [
        ...(i % 2 ? [{ userId, productId: "500", type: "view" as const, time: Date.now() }] : []),
        ...(i % 50 ? [] : [{ userId, productId: "100", type: "view" as const, time: Date.now() }]),
      ]),
    );
    await shop.exposures!.explored.refresh();
    const shares = await sharesAt(shop, 3, 200);
    assertAlmostEquals(shares["500"], 0.9 + 0.1 / 3, 0.08);
  }, { explore: { places: [3], epsilon: 0.1 } }));

Deno.test("a product added since the training is shown as often as its budget allows", () =>
  withHome(async (shop) => {
    await shop.send("PUT", "/products/new", { price: 5 });
    let times = 0;
    for (let i = 0; i < 200; i++) times += Number((await listOf(shop)).ids.includes("new"));
    assertEquals(times, 15);
    // Others go on to be explored.
    assert(Object.keys(await sharesAt(shop, 3, 60)).length > 1);
  }, { explore: { ...EXPLORE, epsilon: 1, candidates: 1, newProducts: 15 } }));

Deno.test("without a budget, a product added since the training isn't explored", () =>
  withHome(async (shop) => {
    await shop.send("PUT", "/products/new", { price: 5 });
    assertEquals((await sharesAt(shop, 3, 100))["new"], undefined);
  }, { explore: { ...EXPLORE, epsilon: 1, candidates: 1 } }));

Deno.test("an exploration that can't be is refused with its place in the file", () => {
  const faultOf = (explore: object) => {
    const file = { placements: { home: { strategy: "popular", explore } } };
    return placementsFile.safeParse(file).error?.issues[0].path.slice(3).join(".");
  };
  assertEquals(faultOf({ places: [1] }), undefined);
  assertEquals(faultOf({ places: [] }), "places");
  assertEquals(faultOf({ places: [1, 1] }), "places");
  assertEquals(faultOf({ places: [0] }), "places.0");
  assertEquals(faultOf({ places: [1], epsilon: 0 }), "epsilon");
  assertEquals(faultOf({ places: [1], method: "greedy" }), "method");
});
