/** New arrivals: `GET /new`, their bounds in lists, and what has no events after a training. */
import { createHandler } from "../../src/service/handler.ts";
import { loadArtifact } from "../../src/artifact/load.ts";
import { algorithms } from "../../src/models/mod.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { writeSimulation } from "../../src/simulate/mod.ts";
import { assert, assertEquals } from "../assert.ts";
import { runToEnd } from "../running_server.ts";
import { withFolder } from "../temp_folder.ts";
import { askerOf, assertRefused, idsOf, protectedBy, withLiveShop } from "./live_shop.ts";

const DAY = 86_400_000;

/** Two bags and a brush, which came today, yesterday and twenty days ago. */
function arrivals(now: number) {
  return [
    { productId: "bag", brand: "runail", category: "accessories.bag", addedAt: now - 1 },
    { productId: "gel", brand: "irisk", categoryId: "22", addedAt: now - DAY },
    { productId: "old", brand: "runail", category: "accessories.bag", addedAt: now - 20 * DAY },
  ];
}

Deno.test("new arrivals are listed newest first, within the window and the filters", async () => {
  const now = Date.parse("2026-11-20T10:20:30Z");
  await withLiveShop(async ({ get, send, ask }) => {
    const before = await get("/new");
    assertEquals([before.model, before.items], ["newest", []]);
    // What happened since tells that the present is the present.
    await send("POST", "/events", { userId: "u", productId: "400", type: "view" });
    await send("PUT", "/products", arrivals(now));
    const { window, items, ...list } = await get("/new");
    assertEquals(list, { model: "newest" });
    assertEquals(window, { from: "2026-11-06T11:00:00.000Z", to: "2026-11-20T11:00:00.000Z" });
    assertEquals(idsOf({ items }), ["bag", "gel"]);
    assert(items[0].score > items[1].score && items[0].score < 1);
    assertEquals(await get("/new?window=30d&format=ids"), ["bag", "gel", "old"]);
    assertEquals(await get("/new?window=30d&brand=runail&format=ids"), ["bag", "old"]);
    assertEquals(await get("/new?window=30d&category=accessories&k=1&offset=1&format=ids"), [
      "old",
    ]);
    // A product that was deleted and comes back isn't new again.
    await ask("/products/old", { method: "DELETE" }).then(({ body }) => body?.cancel());
    await send("PUT", "/products/old", { price: 3 });
    assertEquals(await get("/new?format=ids"), ["bag", "gel"]);
    await assertRefused(ask, "/new?window=91d", {
      ...{ parameter: "window", message: "a number of days from 1d to 90d" },
    });
  }, { now: () => now });
});

Deno.test("a product comes when it is put for the first time, unless events knew it", async () => {
  let now = Date.parse("2026-11-20T10:00:00Z");
  await withLiveShop(async ({ get, send }) => {
    await send("PUT", "/products/first", { price: 3 });
    now += 2 * DAY;
    await send("PUT", "/products", [{ productId: "second" }, { productId: "first", price: 4 }]);
    await send("PUT", "/products/100", { price: 3 });
    assertEquals(await get("/new?format=ids"), ["second", "first"]);
  }, { now: () => now });
});

Deno.test("a user has new arrivals in the order of their interest, without their own", () =>
  withLiveShop(async ({ get, send }) => {
    await send("PUT", "/products", arrivals(Date.now()));
    // Ann's history is 100, a bag by runail, and 200, of the category of the gel.
    const list = await get("/new?userId=ann&window=30d");
    assertEquals([list.userId, list.model], ["ann", "affinity"]);
    const ids = idsOf(list);
    assertEquals(ids.toSorted(), ["bag", "gel", "old"]);
    // The gel is like 200, which scores 37; the bags are like 100 and 300, which score 9 and 10.
    assertEquals(ids[0], "gel");
    await send("POST", "/events", { userId: "ann", productId: "gel", type: "view" });
    assert(!(await get("/new?userId=ann&format=ids")).includes("gel"));
    assert((await get("/new?userId=ann&format=ids&exclude=none")).includes("gel"));
    await send("POST", "/events", { userId: "ann", productId: "bag", type: "dislike" });
    assert(!(await get("/new?userId=ann&format=ids&exclude=none")).includes("bag"));
  }));

Deno.test("a visitor who saw only a new arrival has lists like it", () =>
  withLiveShop(async ({ send }) => {
    await send("PUT", "/products", arrivals(Date.now()));
    const visit = { events: [{ productId: "bag", type: "view" }], k: 3 };
    const { status, body } = await send("POST", "/recommend", visit);
    assertEquals([status, body.model, body.strategy], [200, "content", "personalized"]);
    // The same brand and category, added later; then those in the training.
    assertEquals(idsOf(body), ["old", "100", "300"]);
  }));

const PLACEMENTS: NonNullable<Parameters<typeof withLiveShop>[1]>["placements"] = {
  placements: {
    news: { strategy: "new", window: "30d", k: 5 },
    home: { strategy: "personal", exclude: "none", k: 5 },
    shelf: { strategy: "personal", exclude: "none", k: 5, rules: ["many"] },
  },
  rules: {
    few: { newArrivals: { share: 0.2, most: 0.4 } },
    many: { newArrivals: { share: 0.6, days: 30 } },
  },
  defaults: ["few"],
};

// deno-lint-ignore no-explicit-any
type Answer = any;

function outcomesOf({ rules }: Answer): Record<string, boolean | string> {
  return Object.fromEntries(
    rules.map(({ rule, isMet, detail }: Answer) => [rule, detail ?? isMet]),
  );
}

Deno.test("defaults bound the new arrivals of all lists, except of placements with their own", () =>
  withLiveShop(async ({ get, send }) => {
    const home = await get("/placements/home?userId=ann&explain=true");
    assertEquals(outcomesOf(home), { few: "0 of 1 places have new arrivals" });
    await send("PUT", "/products", [
      ...arrivals(Date.now()),
      // Like 200, the best of ann's list, so that all three would be in it.
      ...["a", "b", "c"].map((productId) => ({ productId, categoryId: "22", price: 0.5 })),
    ]);
    await send("POST", "/events", { userId: "u", productId: "400", type: "view" });
    const isNew = (id: string) => ["a", "b", "c", "bag", "gel"].includes(id);
    for (const path of ["/placements/home?userId=ann", "/recommend/ann?exclude=none&k=5"]) {
      const list = await get(`${path}&explain=true`);
      assertEquals([outcomesOf(list), idsOf(list).length], [{ few: true }, 5]);
      assertEquals(idsOf(list).filter(isNew).length, 2, `${path}: ${idsOf(list)}`);
    }
    const shelf = await get("/placements/shelf?userId=ann&explain=true");
    assertEquals(outcomesOf(shelf), { many: true });
    assert(idsOf(shelf).filter((id) => isNew(id) || id === "old").length >= 3);
    assertEquals((await get("/placements/news?k=2")).items.length, 2);
    assertEquals((await get("/placements/news")).steps, [{ strategy: "new", model: "newest" }]);
  }, { placements: PLACEMENTS }));

Deno.test("a product without events survives a training on what was collected", () =>
  withFolder(async (folder) => {
    const events = `${folder}/events.csv`;
    const path = `${folder}/store.kv`;
    const artifacts = `${folder}/artifacts`;
    await writeSimulation(events, { events: 3000, seed: 3 });
    const train = (...flags: string[]) =>
      runToEnd([
        ...["scripts/train.ts", "--events", events, "--artifacts", artifacts],
        ...["--models", "popularity,content", "--model", "content", "--force", ...flags],
      ], { env: { KV_PATH: path } });
    assertEquals((await train()).code, 0);
    /** Serves the current artifact over the store. */
    const serving = async (run: (ask: ReturnType<typeof askerOf>) => Promise<void>) => {
      using store = await openEventStore({ path });
      const artifact = await loadArtifact(artifacts, { algorithms });
      await run(askerOf(createHandler(artifact, {
        ...{ store, tallyAgeMs: 0, protection: protectedBy() },
      })));
    };
    const newest = async (ask: ReturnType<typeof askerOf>) => {
      const [id] = await (await ask("/new?k=1&format=ids")).json();
      const visit = {
        events: [{ productId: id, type: "view" }],
        k: 1,
        exclude: "none",
        format: "ids",
      };
      const body = JSON.stringify(visit);
      return [id, ...await (await ask("/recommend", { method: "POST", body })).json()];
    };
    await serving(async (ask) => {
      const product = { brand: "never seen", category: "nails.gel", price: 7, title: "Never seen" };
      const put = await ask("/products/unseen", { method: "PUT", body: JSON.stringify(product) });
      assertEquals((await put.json()).title, "Never seen");
      // An earlier first event: `unseen` is newer.
      const time = new Date(Date.now() - 3_600_000).toISOString();
      const view = { userId: "u", productId: "other", type: "view", time };
      const sent = await ask("/events", { method: "POST", body: JSON.stringify(view) });
      assertEquals((await sent.json()).accepted, 1);
      assertEquals(await newest(ask), ["unseen", "unseen"]);
    });
    const trained = await train("--collected");
    assertEquals([trained.code, trained.code === 0 ? "" : trained.stderr], [0, ""]);
    await serving(async (ask) => {
      const { version } = await (await ask("/version")).json();
      assertEquals(version, (await loadArtifact(artifacts, { algorithms })).version);
      assertEquals(await newest(ask), ["unseen", "unseen"]);
      assertEquals((await (await ask("/products/unseen")).json()).price, 7);
    });
  }));

/** How many of a list's products are near copies of 200, whose brand is theirs alone. */
function copiesAmong(ids: readonly string[]): number {
  return ids.filter((id) => id.startsWith("copy")).length;
}

const COPIES = Array.from({ length: 30 }, (_, i) => ({
  ...{ productId: `copy-${i}`, brand: "copies", categoryId: "22", category: "unknown", price: 0.5 },
}));

Deno.test("without a rule, near copies of a liked product take two of ten places at most", () =>
  withLiveShop(async ({ get, send }) => {
    await send("PUT", "/products", COPIES);
    const few = await get("/recommend/ann?format=ids&exclude=none&k=5");
    assertEquals([few.length, copiesAmong(few)], [5, 2]);
    // The products that were there before fill the others.
    assertEquals((await get("/recommend/ann?format=ids&exclude=none&k=7")).slice(0, 5), few);
    const visit = { events: [{ productId: "200", type: "view" }], format: "ids", exclude: "none" };
    const visitor = await send("POST", "/recommend", { ...visit, k: 5 });
    assertEquals(copiesAmong(visitor.body), 2);
    const diverse = await get("/recommend/ann?format=ids&exclude=none&k=5&diversity=0.3");
    assertEquals(copiesAmong(diverse), 2);
  }));

Deno.test("where nothing else is left, new arrivals fill the list", () =>
  withLiveShop(async ({ get, send }) => {
    await send("PUT", "/products", COPIES);
    const list = await get("/recommend/ann?format=ids&exclude=none&k=20");
    assertEquals([list.length, copiesAmong(list)], [20, 15]);
    assertEquals(copiesAmong(list.slice(0, 7)), 2);
    assertEquals((await get("/recommend/ann?format=ids&k=20&brand=copies")).length, 20);
  }));

Deno.test("a rule on new arrivals holds instead of the default bound", () =>
  withLiveShop(async ({ get, send }) => {
    await send("PUT", "/products", COPIES);
    const list = "/recommend/ann?format=ids&exclude=none&k=5";
    await send("PUT", "/rules/none", { newArrivals: { most: 0 } });
    assertEquals(copiesAmong(await get(list)), 0);
    await send("PUT", "/rules/none", { newArrivals: { most: 1 } });
    assertEquals(copiesAmong(await get(list)) > 2, true);
    // Another rule brings the default back.
    await send("PUT", "/rules/none", { exclude: { products: ["500"] } });
    assertEquals(copiesAmong(await get(list)), 2);
    const long = await get(list.replace("k=5", "k=20"));
    assertEquals([long.length, copiesAmong(long)], [20, 16]);
    assertEquals(copiesAmong(long.slice(0, 6)), 4);
  }));
