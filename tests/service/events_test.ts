/** Events that just arrived: they are stored, used by the next list, exported and forgotten. */
import { createHandler } from "../../src/service/handler.ts";
import { rank } from "../../src/models/rank.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { tinyArtifact } from "../artifact/tiny_shop.ts";
import { assert, assertEquals, assertMatch } from "../assert.ts";
import { withFolder } from "../temp_folder.ts";
import { capturedErrors } from "./captured_errors.ts";
import { askerOf, idsOf, protectedBy, withLiveShop } from "./live_shop.ts";

const view300 = { userId: "ann", productId: "300", type: "view", time: "2019-11-02T00:00:00Z" };

Deno.test("the very next list uses an event, as if it had been trained on", () =>
  withLiveShop(async ({ send, get, artifact }) => {
    const answer = await send("POST", "/events", { ...view300, type: "purchase" });
    assertEquals(answer, {
      status: 202,
      body: { accepted: 1, duplicates: 0, unknownProducts: 0, unknownLists: 0, refused: [] },
    });

    // [9 37 10 7 16] + 4·[1 1 9 1 1], without what Ann has seen.
    const list = await get("/recommend/ann");
    assertEquals(
      list.items.map(({ productId, score }: Record<string, unknown>) => [productId, score]),
      [["500", 20], ["400", 11]],
    );
    const { items, weights, times } = (await artifact.interactions.histories.of("ann"))!;
    const offline = rank(artifact.models.get("affinity")!, {
      items: Uint32Array.of(...items, 2),
      weights: Float32Array.of(...weights, 4),
      times: Uint32Array.of(...times, 1572652800),
    });
    assertEquals(
      idsOf(list),
      Array.from(
        offline.indices,
        (item) => artifact.interactions.itemIds.idAt(item),
      ),
    );
  }));

Deno.test("a user new to the models gets a personal list after one click", () =>
  withLiveShop(async ({ send, get }) => {
    assertEquals((await get("/recommend/new")).strategy, "popular");
    await send("POST", "/events", { userId: "new", productId: "200", type: "view" });
    const { strategy, model, items } = await get("/recommend/new?k=1");
    assertEquals({ strategy, model, first: items[0].productId }, {
      strategy: "personalized",
      model: "affinity",
      first: "500",
    });
  }));

Deno.test("a user with unknown products only gets the popular list; their events are stored", () =>
  withLiveShop(async ({ send, get, ask }) => {
    const cart = { userId: "new", productId: "no such", type: "cart" };
    const { body } = await send("POST", "/events", [cart, { ...cart, productId: "100" }]);
    assertEquals([body.accepted, body.unknownProducts], [2, 1]);
    await send("DELETE", "/users/new");
    await send("PUT", "/products/added", { brand: "runail" });
    assertEquals(
      (await send("POST", "/events", { ...cart, productId: "added" })).body.unknownProducts,
      0,
    );
    await send("DELETE", "/users/new");
    await send("POST", "/events", cart);
    assertEquals((await get("/recommend/new")).strategy, "popular");
    const { total, events: [event] } = await get("/users/new/history");
    assertEquals([total, event.productId, event.type], [1, "no such", "cart"]);
    assertMatch(await (await ask("/events/export")).text(), /cart,no such,/);
  }));

Deno.test("an event that the models were trained on counts once", () =>
  withLiveShop(async ({ send, get }) => {
    const before = await get("/recommend/ann?exclude=none");
    await send("POST", "/events", [
      { userId: "ann", productId: "100", type: "view", time: "2019-11-01T00:00:00Z" },
      { userId: "ann", productId: "200", type: "purchase", time: 1572566460 },
    ]);
    assertEquals(await get("/recommend/ann?exclude=none"), before);
  }));

Deno.test("a removal cancels the latest cart of the same product and session", () =>
  withLiveShop(async ({ send, get }) => {
    const event = (type: string, productId: string, time: number, sessionId?: string) => ({
      userId: "new",
      productId,
      type,
      time,
      sessionId,
    });
    await send("POST", "/events", [
      event("cart", "100", 1572652800, "a"),
      event("cart", "200", 1572652801, "a"),
      event("cart", "200", 1572652802, "b"),
      event("remove_from_cart", "100", 1572652803, "a"),
      event("remove_from_cart", "200", 1572652804, "a"),
      event("remove_from_cart", "300", 1572652805),
    ]);
    assertEquals(await get("/users/new/history"), {
      userId: "new",
      total: 1,
      events: [{ productId: "200", type: "cart", time: "2019-11-02T00:00:02.000Z" }],
    });
  }));

Deno.test("one event, an array and NDJSON are accepted", () =>
  withLiveShop(async ({ send, store }) => {
    const line = (n: number) => JSON.stringify({ ...view300, userId: `u${n}` });
    for (
      const [body, accepted] of [
        [line(1), 1],
        [`[${line(2)}, ${line(3)}]`, 2],
        [`${line(4)}\n\n${line(5)}\r\n`, 2],
        [JSON.stringify(view300, null, 2), 1],
      ] as const
    ) {
      assertEquals((await send("POST", "/events", body)).body.accepted, accepted);
    }
    assertEquals((await Array.fromAsync(store.events())).length, 6);
  }));

Deno.test("an event that is sent twice is stored once", () =>
  withLiveShop(async ({ send, get }) => {
    const event = { ...view300, eventId: "e1" };
    await send("POST", "/events", event);
    const { status, body } = await send("POST", "/events", [event, { ...event, time: undefined }]);
    assertEquals({ status, ...body }, {
      status: 202,
      accepted: 0,
      duplicates: 2,
      unknownProducts: 0,
      unknownLists: 0,
      refused: [],
    });
    assertEquals((await get("/users/ann/history")).total, 3);
  }));

Deno.test("invalid events are refused by index and the others stored", () =>
  withLiveShop(async ({ send, get }) => {
    const { status, body } = await send("POST", "/events", [
      view300,
      { ...view300, type: "viw" },
      7,
      { ...view300, tiem: 3 },
      { ...view300, productId: "" },
    ]);
    assertEquals(status, 202);
    assertEquals(body.accepted, 1);
    assertEquals(body.refused, [
      {
        index: 1,
        parameter: "type",
        detail: 'Parameter "type" must be one of view, cart, purchase, remove_from_cart, ' +
          'dislike, undo_dislike, hide, undo_hide, got "viw"; did you mean view?',
        allowed: [
          ...["view", "cart", "purchase", "remove_from_cart"],
          ...["dislike", "undo_dislike", "hide", "undo_hide"],
        ],
      },
      { index: 2, detail: "The body must be a JSON object, got 7" },
      {
        index: 3,
        parameter: "tiem",
        detail:
          'Unknown parameter "tiem": it must be one of eventId, userId, productId, type, time, ' +
          "days, sessionId, price, listId; did you mean time?",
        allowed: [
          ...["eventId", "userId", "productId", "type", "time", "days", "sessionId", "price"],
          "listId",
        ],
      },
      {
        index: 4,
        parameter: "productId",
        detail: 'Parameter "productId" must be text of 1 to 256 characters, got ""',
      },
    ]);
    assertEquals((await get("/users/ann/history")).total, 3);
    const lines = await send("POST", "/events", `${JSON.stringify(view300)}\n{broken`);
    assertEquals(lines.body.refused, [{ index: 1, detail: "The line must be a JSON object" }]);
  }));

/** Invalid fields of an event: name, value and part of the message. */
const BAD_FIELDS: readonly [string, unknown, string][] = [
  ["userId", undefined, 'Parameter "userId" is missing; it must be text of 1 to 256 characters'],
  ["userId", 5, "text of 1 to 256 characters, got 5"],
  ["userId", "x".repeat(257), "text of 1 to 256 characters"],
  ["userId", "\ud800", "well-formed Unicode"],
  ["productId", null, "text of 1 to 256 characters, got null"],
  ["type", undefined, 'Parameter "type" is missing; it must be one of view, cart'],
  ["time", "yesterday", "a time like 2019-10-01 12:00:00 UTC"],
  ["time", "2019-10-01T12:00:00 CET", "a time like"],
  ["time", -1, "a time like"],
  ["time", 0, "from 2000 on, at most a day from now, got 0"],
  ["time", "2019", "a time like"],
  ["time", "", "a time like"],
  ["time", "1999-12-31T23:59:59Z", "from 2000"],
  ["time", "2999-01-01T00:00:00Z", "at most a day from now"],
  ["price", -0.5, "a number from 0 to 1000000000, got -0.5"],
  ["price", "5", "a number from 0"],
  ["sessionId", "", "text of 1 to 256 characters"],
  ["eventId", {}, "text of 1 to 256 characters, got {}"],
];

for (const [field, value, message] of BAD_FIELDS) {
  const name = `an event with ${field} ${
    JSON.stringify(value)?.slice(0, 20)
  } is refused: ${message}`;
  Deno.test(name, () =>
    withLiveShop(async ({ send }) => {
      const { status, body } = await send("POST", "/events", { ...view300, [field]: value });
      assertEquals({ status, parameter: body.parameter }, { status: 400, parameter: field });
      assert(body.detail.includes(message), body.detail);
    }));
}

Deno.test("times are read as in the shop's files, as ISO 8601, seconds or milliseconds", () =>
  withLiveShop(async ({ send, get }) => {
    const times = [
      "2019-11-02 00:00:00 UTC",
      "2019-11-02T00:00:01Z",
      "2019-11-02T02:00:02.500+02:00",
      1572652803,
      1572652804000,
    ];
    await send("POST", "/events", times.map((time) => ({ ...view300, userId: "new", time })));
    const { events } = await get("/users/new/history");
    assertEquals(
      events.map(({ time }: { time: string }) => time).reverse(),
      [0, 1, 2, 3, 4].map((second) => `2019-11-02T00:00:0${second}.000Z`),
    );
  }));

Deno.test("a body that can't be read is refused as a whole", () =>
  withLiveShop(async ({ send }) => {
    const many = Array.from({ length: 1001 }, () => view300);
    const big = JSON.stringify([view300, " ".repeat(3_000_000)]);
    for (
      const [body, status, detail] of [
        ["", 400, "can't be read as JSON"],
        ["[]", 400, "must hold at least one event, got an empty list"],
        ["{", 400, "can't be read as JSON"],
        ["{broken\n{lines", 400, "can't be read as JSON"],
        ["null", 400, "The body must be a JSON object, got null"],
        [JSON.stringify(many), 413, "at most 1000 events, got 1001"],
        [big, 413, "at most 2097152 bytes"],
      ] as const
    ) {
      const answer = await send("POST", "/events", body);
      assertEquals(answer.status, status);
      assert(answer.body.detail.includes(detail), answer.body.detail);
    }
    const { status, body } = await send("POST", "/events", [1, 2]);
    assertEquals({ status, refused: body.refused.length }, { status: 400, refused: 2 });
  }));

Deno.test("concurrent events of one user all count", () =>
  withLiveShop(async ({ send, get }) => {
    const time = (n: number) => 1572652800 + n;
    await Promise.all(
      Array.from(
        { length: 60 },
        (_, n) => send("POST", "/events", { ...view300, userId: "new", time: time(n) }),
      ),
    );
    const { total, events } = await get("/users/new/history?limit=2&offset=1");
    assertEquals(total, 60);
    assertEquals(events.map(({ time }: { time: string }) => Date.parse(time) / 1000), [
      time(58),
      time(57),
    ]);
  }));

Deno.test("events are exported as the CSV that training reads", () =>
  withLiveShop(async ({ send, ask, store }) => {
    await send("PUT", "/products/new", { brand: 'a "b", c', price: 7 });
    await send("POST", "/events", [
      { ...view300, sessionId: "s1", price: 11.5 },
      { ...view300, userId: "bob", productId: "new", type: "remove_from_cart" },
      { ...view300, userId: "cleo", productId: "unknown" },
      { ...view300, userId: "dora", productId: "100" },
    ]);
    const response = await ask("/events/export");
    assertEquals(response.headers.get("content-type"), "text/csv; charset=utf-8");
    assertEquals((await response.text()).split("\r\n"), [
      "event_time,event_type,product_id,category_id,category_code,brand,price,user_id," +
      "user_session,title,image_url,url",
      "2019-11-02 00:00:00 UTC,view,300,33,,runail,11.5,ann,s1,,,",
      '2019-11-02 00:00:00 UTC,remove_from_cart,new,,,"a ""b"", c",7,bob,,,,',
      "2019-11-02 00:00:00 UTC,view,unknown,,,,0,cleo,,,,",
      "2019-11-02 00:00:00 UTC,view,100,11,accessories.bag,runail,5.24,dora,,,,",
      "",
    ]);
    const later = new Date(store.now() + 1000).toISOString();
    assertEquals(
      (await (await ask(`/events/export?since=${later}`)).text()).split("\r\n").length,
      2,
    );
    assertEquals((await ask("/events/export?since=soon")).status, 400);
  }));

Deno.test("a forgotten user is unknown immediately, and may come back", () =>
  withLiveShop(async ({ send, get }) => {
    await send("POST", "/events", view300);
    assertEquals(await send("DELETE", "/users/ann"), {
      status: 200,
      body: { userId: "ann", deletedEvents: 1 },
    });
    assertEquals((await get("/recommend/ann")).strategy, "popular");
    assertEquals((await get("/users/ann/history")).total, 0);
    // Ann has seen nothing, so nothing is omitted.
    assertEquals(idsOf(await get("/recommend/ann?k=1")), ["200"]);
    assertEquals((await get("/recommend/bob")).strategy, "personalized");

    await send("POST", "/events", { userId: "ann", productId: "300", type: "view" });
    const { events } = await get("/users/ann/history");
    assertEquals(events.map(({ productId }: { productId: string }) => productId), ["300"]);
    assertEquals((await send("DELETE", "/users/nobody")).body.deletedEvents, 0);
  }));

Deno.test("without a store lists are made and writes are refused", async () => {
  const failed = await openEventStore({ path: ":memory:" });
  failed[Symbol.dispose]();
  await capturedErrors(async () => {
    for (const store of [undefined, failed]) {
      const ask = askerOf(
        createHandler(await tinyArtifact(), { store, protection: protectedBy() }),
      );
      assertEquals((await (await ask("/recommend/ann")).json()).strategy, "personalized");
      assertEquals((await ask("/popular?window=7d")).status, 200);
      const ready = await ask("/readyz");
      const { status, store: state } = await ready.json();
      assertEquals({ code: ready.status, status, state }, {
        code: 200,
        status: "degraded",
        state: "unavailable",
      });
      for (
        const [method, path, body] of [
          ["POST", "/events", view300],
          ["PUT", "/products/100", { price: 1 }],
          ["DELETE", "/users/ann"],
          ["GET", "/events/export"],
        ] as const
      ) {
        const response = await ask(path, { method, body: body && JSON.stringify(body) });
        assertEquals(response.status, 503);
        assertEquals(response.headers.get("retry-after"), "5");
        assertMatch((await response.json()).detail, /acknowledged nothing/);
      }
    }
  });
});

Deno.test("a forgotten user stays forgotten if the store fails, even after a restart", () =>
  withFolder(async (folder) => {
    const path = `${folder}/store.kv`;
    {
      using store = await openEventStore({ path });
      await store.forget("ann");
    }
    const store = await openEventStore({ path });
    await store.forget("bob");
    store[Symbol.dispose]();
    const ask = askerOf(createHandler(await tinyArtifact(), { store }));
    await capturedErrors(async () => {
      for (const userId of ["ann", "bob"]) {
        const answer = await ask(`/recommend/${userId}`);
        assertEquals((await answer.json()).strategy, "popular");
      }
    });
  }));

Deno.test("a service with its store is ready", () =>
  withLiveShop(async ({ get, artifact: { version } }) => {
    const parts = { store: "available", histories: "available" };
    assertEquals(await get("/readyz"), { status: "ready", version, ...parts });
  }));

Deno.test("a bought product stays omitted after 200 later events, unless asked for", () =>
  withLiveShop(async ({ send, get }) => {
    const start = Date.parse("2019-11-02T00:00:00Z");
    const event = (productId: string, type: string, n: number) => ({
      userId: "new",
      productId,
      type,
      time: start + 1000 * n,
    });
    await send("POST", "/events", [
      event("500", "purchase", 0),
      ...Array.from({ length: 250 }, (_, n) => event("100", "view", 1 + n)),
    ]);
    const ids = (query: string) => get(`/recommend/new?format=ids&${query}`);
    assertEquals((await ids("exclude=seen")).toSorted(), ["200", "300", "400"]);
    assertEquals((await ids("exclude=purchased")).toSorted(), ["100", "200", "300", "400"]);
    assertEquals((await ids("exclude=none")).length, 5);
    assertEquals((await ids("exclude=purchased&brand=runail")).toSorted(), ["100", "300"]);

    const { total, events } = await get("/users/new/history?limit=1&offset=250");
    assertEquals([total, events[0].productId, events[0].type], [251, "500", "purchase"]);
    await send("DELETE", "/users/new");
    await send("POST", "/events", event("100", "view", 300));
    assertEquals((await ids("exclude=purchased")).length, 5);
    assertEquals((await get("/users/new/history")).total, 1);
  }));

Deno.test("the export begins at a time, or at a date's midnight UTC", async () => {
  let now = Date.parse("2026-01-01T23:59:59Z");
  await withLiveShop(async ({ ask, send }) => {
    for (const productId of ["100", "200"]) {
      await send("POST", "/events", { ...view300, productId });
      now += 1000;
    }
    const products = async (since: string) => {
      const [_, ...rows] = (await (await ask(`/events/export?since=${since}`)).text()).trim()
        .split("\r\n");
      return rows.map((row) => row.split(",")[2]).toSorted();
    };
    assertEquals(await products("2026-01-02"), ["200"]);
    assertEquals(await products("2026-01-01T23:59:59Z"), ["100", "200"]);
    assertEquals(await products("0"), ["100", "200"]);
    for (const since of ["2026", "2026-02-30", "1999-12-31", "1", ""]) {
      const response = await ask(`/events/export?since=${since}`);
      assertEquals([response.status, (await response.json()).parameter], [400, "since"]);
    }
  }, { now: () => now });
});
