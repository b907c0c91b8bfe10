/** What users were shown: ids of lists, impressions, events of lists, and the export of both. */
import type { Exposure, ExposureWithOutcomes } from "../../src/experiments/exposures/exposure.ts";
import { readExposures } from "../../src/experiments/exposures/exposure_log.ts";
import { MS_PER_HOUR } from "../../src/base/time.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "../assert.ts";
import { AUTHORIZED, type LiveShop, withLiveShop } from "./live_shop.ts";

const LISTS = {
  placements: {
    home: { strategy: "popular" },
    cart: { strategy: "popular", k: 2, impressions: "implied" },
  },
} as const;

function withShop(run: (shop: LiveShop) => Promise<void>, now?: () => number): Promise<void> {
  return withLiveShop(run, { exposures: true, placements: LISTS, ...(now && { now }) });
}

/** The id of the list at a path. */
async function listIdOf({ ask }: LiveShop, path: string): Promise<string> {
  const response = await ask(path);
  await response.body?.cancel();
  assertEquals(response.status, 200);
  return response.headers.get("x-list-id")!;
}

/** What the export has. */
async function exported({ ask }: LiveShop, query = ""): Promise<ExposureWithOutcomes[]> {
  const response = await ask(`/exposures/export${query}`);
  assertEquals(response.headers.get("content-type"), "application/x-ndjson");
  const lines = (await response.text()).split("\n");
  return await Array.fromAsync(readExposures(lines, { name: "the export" }));
}

/** The lists that are stored, once at least so many are. */
async function stored({ store }: LiveShop, atLeast = 0): Promise<Exposure[]> {
  while (true) {
    const lists = await Array.fromAsync(store.exposures());
    if (lists.length >= atLeast) return lists;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const PATHS = [
  "/recommend/ann",
  "/recommend/ann?format=ids",
  "/recommend/ann?rotate=true",
  "/recommend/ann?placement=home",
  "/placements/home?userId=ann",
  "/placements/home?format=ids",
  "/similar/100",
  "/popular",
];

Deno.test("every list has an id of its own, from the cache as well", () =>
  withShop(async (shop) => {
    const made: string[] = [];
    for (const path of [...PATHS, ...PATHS]) made.push(await listIdOf(shop, path));
    assertEquals(new Set(made).size, made.length);
    for (const id of made) assertMatch(id, /^[0-9a-z]{22}\.[\w-]+\.[\w-]{16}$/);
  }));

Deno.test("lists that are asked for with a body have ids, too", () =>
  withShop(async ({ ask }) => {
    const bodies: [string, unknown][] = [
      ["/recommend", { events: [{ productId: "100", type: "view" }] }],
      ["/recommend/ann", { k: 3 }],
      ["/placements/home", { userId: "ann" }],
      ["/rank", { userId: "ann", productIds: ["100"] }],
    ];
    for (const [path, body] of bodies) {
      const response = await ask(path, { method: "POST", body: JSON.stringify(body) });
      await response.body?.cancel();
      assert(response.headers.has("x-list-id"), path);
    }
  }));

Deno.test("a list that the client has already still has a new id", () =>
  withShop(async ({ ask }) => {
    const first = await ask("/recommend/ann");
    await first.body?.cancel();
    const headers = { "if-none-match": first.headers.get("etag")! };
    const second = await ask("/recommend/ann", { headers });
    assertEquals(second.status, 304);
    assert(second.headers.get("x-list-id") !== first.headers.get("x-list-id"));
  }));

Deno.test("unless it is switched on, lists have no ids and nothing is stored of them", () =>
  withLiveShop(async ({ ask, send, store }) => {
    for (const path of PATHS) {
      const response = await ask(path);
      await response.body?.cancel();
      assertEquals(response.headers.get("x-list-id"), null, path);
    }
    const refused = await send("POST", "/impressions", {});
    assertEquals([refused.status, refused.body.detail], [
      404,
      "This service doesn't have /impressions: it is started without EXPOSURES=on",
    ]);
    assertEquals(
      (await send("GET", "/experiments/x")).body.detail,
      "This service doesn't have /experiments/{name}: it is started without EXPOSURES=on",
    );
    assertEquals((await send("GET", "/exposures/export")).status, 404);
    const event = { userId: "ann", productId: "100", type: "view", listId: "a.b.c" };
    const { body } = await send("POST", "/events", event);
    assertEquals([body.accepted, body.unknownLists], [1, 1]);
    assertEquals((await store.eventsOf("ann"))[0].listId, undefined);
    assertEquals(await Array.fromAsync(store.exposures()), []);
  }, { placements: LISTS }));

Deno.test("what is reported as seen is stored with its places and what made the list", () =>
  withShop(async (shop) => {
    const listId = await listIdOf(shop, "/recommend/ann?offset=2&k=5");
    const seen = { listId, userId: "ann", productIds: ["500", "300"] };
    const { status, body } = await shop.send("POST", "/impressions", seen);
    assertEquals([status, body], [202, { accepted: 1, duplicates: 0, refused: [] }]);
    const [{ exposure }] = await exported(shop);
    const { at, listId: name, ...rest } = exposure;
    assertEquals(name, listId.split(".")[0]);
    assert(Math.abs(at - Date.now()) < 60_000);
    assertEquals(rest, {
      ...{ userId: "ann", model: "affinity", productIds: ["500", "300"] },
      ...{ positions: [3, 4], propensities: [1, 1] },
    });
  }));

Deno.test("the seen products' places may be any of the list's", () =>
  withShop(async (shop) => {
    const listId = await listIdOf(shop, "/placements/home");
    const seen = { listId, userId: "ann", productIds: ["500", "300"], positions: [4, 2] };
    await shop.send("POST", "/impressions", seen);
    const [{ exposure }] = await exported(shop);
    assertEquals([exposure.positions, exposure.placement], [[4, 2], "home"]);
  }));

Deno.test("where a placement says so, a user's list is shown when it is fetched", () =>
  withShop(async (shop) => {
    const first = await listIdOf(shop, "/placements/cart?userId=ann");
    const second = await listIdOf(shop, "/recommend/bob?placement=cart");
    const again = await listIdOf(shop, "/recommend/bob?placement=cart");
    // Nobody's list, one that must be reported, and one that people look into.
    await listIdOf(shop, "/placements/cart");
    await listIdOf(shop, "/placements/home?userId=ann");
    await listIdOf(shop, "/placements/cart?userId=ann&explain=true");
    const lists = await stored(shop, 3);
    assertEquals(lists.map(({ userId, listId }) => [userId, listId]), [
      ["ann", first.split(".")[0]],
      ["bob", second.split(".")[0]],
      ["bob", again.split(".")[0]],
    ]);
    assertEquals(new Set(lists.map(({ placement }) => placement)), new Set(["cart"]));
    assertEquals(lists[0].productIds.length, 2);
    // Reported all the same, it is shown once.
    const seen = { listId: first, userId: "ann", productIds: lists[0].productIds };
    assertEquals((await shop.send("POST", "/impressions", seen)).body.duplicates, 1);
    assertEquals((await stored(shop)).length, 3);
  }));

Deno.test("an event counts for the list that it names, and for one only", () =>
  withShop(async (shop) => {
    const listId = await listIdOf(shop, "/placements/home?userId=ann");
    const later = await listIdOf(shop, "/placements/home?userId=ann");
    for (const each of [listId, later]) {
      const seen = { listId: each, userId: "ann", productIds: ["100", "300"] };
      await shop.send("POST", "/impressions", seen);
    }
    const event = { userId: "ann", productId: "300", type: "view", eventId: "e1", listId };
    const { body } = await shop.send("POST", "/events", [event, event]);
    assertEquals([body.accepted, body.duplicates, body.unknownLists], [1, 1, 0]);
    await shop.send("POST", "/events", { ...event, eventId: "e2" });
    const lists = await exported(shop);
    assertEquals(lists.map(({ outcomes }) => outcomes.length), [1, 0]);
    const { at: _, ...outcome } = lists[0].outcomes[0];
    assertEquals(outcome, {
      ...{ listId: listId.split(".")[0], productId: "300", type: "view", position: 2 },
      ...{ by: "listId", price: outcome.price },
    });
  }));

Deno.test("an event before its impression counts once that arrives", () =>
  withShop(async (shop) => {
    const listId = await listIdOf(shop, "/placements/home?userId=ann");
    await shop.send("POST", "/events", { userId: "ann", productId: "100", type: "cart", listId });
    assertEquals(await exported(shop), []);
    await shop.send("POST", "/impressions", { listId, userId: "ann", productIds: ["100"] });
    const [{ outcomes }] = await exported(shop);
    assertEquals(outcomes.map(({ type, by }) => [type, by]), [["cart", "listId"]]);
  }));

Deno.test("an event without a list counts within the hours after one", async () => {
  let now = Date.UTC(2026, 10, 1);
  await withShop(async (shop) => {
    const listId = await listIdOf(shop, "/placements/home?userId=ann");
    await shop.send("POST", "/impressions", { listId, userId: "ann", productIds: ["100", "300"] });
    now += 23 * MS_PER_HOUR;
    await shop.send("POST", "/events", { userId: "ann", productId: "100", type: "view" });
    now += 2 * MS_PER_HOUR;
    await shop.send("POST", "/events", { userId: "ann", productId: "300", type: "view" });
    const [{ outcomes }] = await exported(shop);
    assertEquals(outcomes.map(({ productId, by }) => [productId, by]), [["100", "window"]]);
  }, () => now);
});

Deno.test("an unknown list is refused in an impression, and ignored in an event", () =>
  withShop(async (shop) => {
    const listId = await listIdOf(shop, "/popular");
    const unknown = { listId: `${listId}x`, userId: "ann", productIds: ["100"] };
    const { status, body } = await shop.send("POST", "/impressions", unknown);
    assertEquals([status, body.parameter], [400, "listId"]);
    assertStringIncludes(body.detail, "x-list-id");
    const all = [unknown, { ...unknown, productIds: [] }, { ...unknown, listId }, unknown];
    const mixed = await shop.send("POST", "/impressions", all);
    assertEquals(mixed.status, 202);
    assertEquals(mixed.body.refused.map(({ index, parameter }: Refused) => [index, parameter]), [
      [0, "listId"],
      [1, "productIds"],
      [3, "listId"],
    ]);
    const event = { userId: "ann", productId: "100", type: "view", listId: "unknown" };
    const stored = await shop.send("POST", "/events", event);
    assertEquals([stored.status, stored.body.unknownLists], [202, 1]);
    // It happened after the list, so that it counts by its time.
    const [{ outcomes: [outcome] }] = await exported(shop);
    assertEquals(outcome.by, "window");
  }));

interface Refused {
  readonly index: number;
  readonly parameter: string;
}

Deno.test("a list is seen no sooner than it is made, and not in the future", async () => {
  let now = Date.UTC(2026, 10, 1);
  await withShop(async (shop) => {
    const made = now;
    const ids = [await listIdOf(shop, "/popular"), await listIdOf(shop, "/popular")];
    now += MS_PER_HOUR;
    const times = [made - MS_PER_HOUR, now + MS_PER_HOUR];
    const seen = ids.map((listId, i) => ({
      ...{ listId, userId: "ann", productIds: ["100"], time: new Date(times[i]).toISOString() },
    }));
    assertEquals((await shop.send("POST", "/impressions", seen)).body.accepted, 2);
    assertEquals((await stored(shop)).map(({ at }) => at), [made, now]);
  }, () => now);
});

Deno.test("a place of a list that is sent again is a duplicate, whatever it says", () =>
  withShop(async (shop) => {
    const listId = await listIdOf(shop, "/popular");
    const seen = { listId, userId: "ann", productIds: ["100"] };
    const other = { ...seen, productIds: ["300"], time: "2026-01-01T00:00:00Z" };
    const { body } = await shop.send("POST", "/impressions", [seen, seen, other]);
    assertEquals(body, { accepted: 1, duplicates: 2, refused: [] });
    assertEquals((await shop.send("POST", "/impressions", other)).body.duplicates, 1);
    assertEquals((await stored(shop)).map(({ productIds }) => productIds), [["100"]]);
  }));

Deno.test("products that are seen after scrolling belong to the same list", () =>
  withShop(async (shop) => {
    const listId = await listIdOf(shop, "/placements/home");
    const seen = { listId, userId: "ann", productIds: ["100"], positions: [2] };
    await shop.send("POST", "/impressions", seen);
    const more = { ...seen, productIds: ["300", "100"], positions: [1, 2] };
    const { body } = await shop.send("POST", "/impressions", more);
    assertEquals(body, { accepted: 1, duplicates: 0, refused: [] });
    await shop.send("POST", "/events", { userId: "ann", productId: "300", type: "view", listId });
    const [{ exposure, outcomes }, ...others] = await exported(shop);
    assertEquals([exposure.productIds, exposure.positions], [["300", "100"], [1, 2]]);
    assertEquals(outcomes.map(({ position }) => position), [1]);
    assertEquals(others, []);
    const text = await (await shop.ask("/metrics")).text();
    assertMatch(text, /recommender_impressions_total\{placement="home",[^}]*\} 1\n/);
    assertMatch(text, /recommender_clicks_total\{placement="home",[^}]*\} 1\n/);
  }));

Deno.test("impressions that break a rule are refused with the field", () =>
  withShop(async ({ send }) => {
    const seen = { listId: "a", userId: "ann", productIds: ["100", "300"] };
    const wrong: [unknown, string | undefined][] = [
      [{ ...seen, userId: undefined }, "userId"],
      [{ ...seen, listId: "x".repeat(2001) }, "listId"],
      [{ ...seen, productIds: ["100", "100"] }, "productIds[1]"],
      [{ ...seen, productIds: Array.from({ length: 101 }, (_, i) => `${i}`) }, "productIds"],
      [{ ...seen, positions: [1] }, "positions"],
      [{ ...seen, positions: [1, 1] }, "positions"],
      [{ ...seen, positions: [0, 1] }, "positions[0]"],
      [{ ...seen, time: "yesterday" }, "time"],
      [{ ...seen, more: 1 }, "more"],
      [[], undefined],
    ];
    for (const [value, parameter] of wrong) {
      const { status, body } = await send("POST", "/impressions", value);
      assertEquals([status, body.parameter], [400, parameter], JSON.stringify(value));
    }
    const many = Array.from({ length: 1001 }, () => seen);
    assertEquals((await send("POST", "/impressions", many)).status, 413);
  }));

Deno.test("only the shop's programs report and export what was shown", () =>
  withShop(async ({ ask }) => {
    for (const [method, path] of [["POST", "/impressions"], ["GET", "/exposures/export"]]) {
      const response = await ask(path, { method, headers: {} });
      await response.body?.cancel();
      assertEquals(response.status, 401, path);
    }
    assertEquals((await ask("/exposures/export", { headers: AUTHORIZED })).status, 200);
  }));

Deno.test("the export begins with the lists that were shown at a time", async () => {
  let now = Date.UTC(2026, 10, 1);
  await withShop(async (shop) => {
    for (const _ of [1, 2]) {
      const listId = await listIdOf(shop, "/popular");
      await shop.send("POST", "/impressions", { listId, userId: "ann", productIds: ["100"] });
      now += MS_PER_HOUR;
    }
    assertEquals((await exported(shop)).length, 2);
    assertEquals((await exported(shop, `?since=${now - MS_PER_HOUR}`)).length, 1);
    assertEquals((await exported(shop, `?since=${now}`)).length, 0);
  }, () => now);
});

Deno.test("a login takes along what a visitor was shown, and forgetting deletes it", () =>
  withShop(async (shop) => {
    const listId = await listIdOf(shop, "/popular");
    await shop.send("POST", "/impressions", { listId, userId: "guest", productIds: ["100"] });
    await shop.send("POST", "/events", { userId: "guest", productId: "100", type: "view", listId });
    await shop.send("POST", "/users/ann/merge", { from: "guest" });
    const [{ exposure, outcomes }] = await exported(shop);
    assertEquals([exposure.userId, outcomes.length], ["ann", 1]);
    await shop.send("DELETE", "/users/ann");
    assertEquals(await exported(shop), []);
  }));

Deno.test("what comes of lists is counted by placement, model and arm", () =>
  withShop(async (shop) => {
    const listId = await listIdOf(shop, "/placements/home?userId=ann");
    const seen = { listId, userId: "ann", productIds: ["100", "300"] };
    await shop.send("POST", "/impressions", [seen, seen]);
    await shop.send("POST", "/impressions", seen);
    const event = { userId: "ann", productId: "300", price: 2.5 };
    const events = ["view", "cart", "purchase"].map((type) => ({ ...event, type }));
    await shop.send("POST", "/events", [...events, ...events.map((each) => ({ ...each, listId }))]);
    await listIdOf(shop, "/placements/cart?userId=ann");
    const text = await (await shop.ask("/metrics")).text();
    const counted = [...text.matchAll(/^recommender_(\w+)_total\{placement="(\w+)",.*\} (.*)$/gm)]
      .filter(([line]) => line.includes('experiment=""')).map(([, ...parts]) => parts.join(" "));
    assertEquals(counted.toSorted(), [
      ...["carts cart 0", "carts home 1", "clicks cart 0", "clicks home 1"],
      ...["impressions cart 1", "impressions home 1", "list_ids cart 1", "list_ids home 1"],
      ...["purchases cart 0", "purchases home 1", "revenue cart 0", "revenue home 2.5"],
    ]);
  }));
