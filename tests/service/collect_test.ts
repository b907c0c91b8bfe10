/** Events and impressions that visitors' browsers send with a public key. */
import { Exposures } from "../../src/service/exposures/exposures.ts";
import { createHandler } from "../../src/service/handler.ts";
import { Protection } from "../../src/service/protection/protection.ts";
import type { EventStore } from "../../src/service/store/event_store.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { tinyArtifact } from "../artifact/tiny_shop.ts";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { API_TOKEN, withLiveShop } from "./live_shop.ts";

const KEY = "page-key-1";
const VISITOR = "anon-0123456789abcdef0123456789abcdef";
const SHOP = "https://shop.example.com";
const BROWSER = {
  origin: SHOP,
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
  // As sendBeacon sends text.
  "content-type": "text/plain;charset=UTF-8",
};

const EVENT = { eventId: "e1", productId: "200", type: "view" };

// deno-lint-ignore no-explicit-any
type Json = any;

interface Collecting {
  readonly store: EventStore;
  send(
    body: unknown,
    headers?: Readonly<Record<string, string>>,
    hostname?: string,
  ): Promise<{ status: number; body: Json }>;
  ask(method: string, path: string): Promise<Response>;
}

async function collecting(
  run: (shop: Collecting) => Promise<void>,
  { isShownStored = false, now = Date.now } = {},
): Promise<void> {
  using store = await openEventStore({ path: ":memory:", now });
  await using exposures = isShownStored ? new Exposures(store, { onLost: () => {} }) : undefined;
  const protection = new Protection({
    apiTokens: [API_TOKEN],
    publicKeys: [KEY],
    corsOrigins: [SHOP],
  });
  const handler = createHandler(await tinyArtifact(), { store, protection, exposures });
  await run({
    store,
    async send(body, headers = BROWSER, hostname = "192.0.2.1") {
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const response = await handler(
        new Request("https://recommender.test/collect", { method: "POST", body: text, headers }),
        { remoteAddr: { transport: "tcp", hostname, port: 1 } },
      );
      return { status: response.status, body: await response.json() };
    },
    ask: async (method, path) =>
      await handler(
        new Request(`https://recommender.test${path}`, {
          method,
          headers: { ...BROWSER, authorization: `Bearer ${KEY}` },
        }),
      ),
  });
}

/** The service's clock, where a test asks for it. */
const NOW = Date.UTC(2026, 10, 1);

const BATCH = { key: KEY, visitorId: VISITOR, events: [EVENT] };

Deno.test("a batch of a page is stored as the visitor's, at the time it happened", () =>
  collecting(async ({ store, send }) => {
    const answer = await send({
      ...BATCH,
      events: [{ ...EVENT, secondsAgo: 60 }, { ...EVENT, eventId: "e2", type: "cart", price: 3 }],
    });
    assertEquals(answer, { status: 202, body: { accepted: 2 } });
    const [first, second] = await Array.fromAsync(store.events());
    assertEquals([first.userId, first.productId, first.type], [VISITOR, "200", "view"]);
    assertEquals([second.type, second.price], ["cart", 3]);
    assertEquals([first.time, second.time], [NOW - 60_000, NOW]);
  }, { now: () => NOW }));

Deno.test("a visitor hides a product for some days, and nobody views one for days", () =>
  collecting(async ({ store, send }) => {
    const hide = { ...EVENT, type: "hide", days: 3 };
    assertEquals((await send({ ...BATCH, events: [hide] })).status, 202);
    const [{ type, days }] = await Array.fromAsync(store.events());
    assertEquals({ type, days }, { type: "hide", days: 3 });
    assertEquals((await store.userState(VISITOR)).hidden, ["200"]);
    const { status, body } = await send({ ...BATCH, events: [{ ...EVENT, days: 3 }] });
    assertEquals(status, 400);
    assertStringIncludes(body.detail, '"events[0].days" must be left out, except for');
  }));

Deno.test("a batch that is sent twice counts once, and the answer doesn't say so", () =>
  collecting(async ({ store, send }) => {
    assertEquals((await send(BATCH)).body, { accepted: 1 });
    assertEquals((await send(BATCH)).body, { accepted: 1 });
    assertEquals((await Array.fromAsync(store.events())).length, 1);
  }));

Deno.test("another visitor's event of the same name is another event", () =>
  collecting(async ({ store, send }) => {
    await send(BATCH);
    await send({ ...BATCH, visitorId: VISITOR.replace("0", "f") });
    assertEquals((await Array.fromAsync(store.events())).length, 2);
  }));

const SEEN = { listId: "l", productIds: ["200"], positions: [1] };
const MANY = Array.from({ length: 101 }, (_, i) => `${i}`);
const LONG = "l".repeat(2001);

function withSeen(wrong: object): object {
  return { ...BATCH, impressions: [{ ...SEEN, positions: undefined, ...wrong }] };
}

/** Batches that are refused: what is wrong, the body, headers, status and part of the detail. */
const REFUSED: readonly [string, unknown, Record<string, string>, number, string][] = [
  ["an unknown key", { ...BATCH, key: "page-key-2" }, {}, 401, "PUBLIC_KEYS"],
  ["another shop's page", BATCH, { origin: "https://evil.example" }, 403, "CORS_ORIGINS"],
  ["a sandboxed page", BATCH, { origin: "null" }, 403, "got null"],
  ["a crawler", BATCH, { "user-agent": "Googlebot/2.1" }, 403, "Programs"],
  ["a customer's id", { ...BATCH, visitorId: "ann" }, {}, 400, "anon-"],
  ["no visitor", { ...BATCH, visitorId: undefined }, {}, 400, "anon-"],
  ["no event", { ...BATCH, events: [] }, {}, 400, "at least one event"],
  ["many events", { ...BATCH, events: Array(51).fill(EVENT) }, {}, 400, "at most 50 events"],
  ["a user id", { ...BATCH, events: [{ ...EVENT, userId: "ann" }] }, {}, 400, "Unknown parameter"],
  ["a time", { ...BATCH, events: [{ ...EVENT, time: 1 }] }, {}, 400, "Unknown parameter"],
  ["nothing done or seen", { key: KEY, visitorId: VISITOR }, {}, 400, "at least one event"],
  ["a long id of a list", { ...BATCH, events: [{ ...EVENT, listId: LONG }] }, {}, 400, "2000"],
  ["many impressions", { ...BATCH, impressions: Array(51).fill(SEEN) }, {}, 400, "at most 50"],
  ["nothing seen", withSeen({ productIds: [] }), {}, 400, "at least one product id"],
  ["many products seen", withSeen({ productIds: MANY }), {}, 400, "at most 100"],
  ["a product twice", withSeen({ productIds: ["1", "1"] }), {}, 400, "once"],
  ["places of others", withSeen({ positions: [1, 2] }), {}, 400, "one place for each product"],
  ["someone else's eyes", withSeen({ userId: "ann" }), {}, 400, "Unknown parameter"],
  ["the future", { ...BATCH, events: [{ ...EVENT, secondsAgo: -1 }] }, {}, 400, "from 0 to 3600"],
  ["no JSON", "{", {}, 400, "JSON"],
  ["a long body", { ...BATCH, padding: "x".repeat(40_000) }, {}, 413, "at most 32768"],
];

for (const [what, body, headers, status, detail] of REFUSED) {
  Deno.test(`${what} is refused, and nothing is stored`, () =>
    collecting(async ({ store, send }) => {
      const answer = await send(body, { ...BROWSER, ...headers });
      assertEquals(answer.status, status);
      assertStringIncludes(answer.body.detail, detail);
      assertEquals((await Array.fromAsync(store.events())).length, 0);
    }));
}

Deno.test("a request without an origin is refused: no browser sends one", () =>
  collecting(async ({ send }) => {
    const { origin: _, ...headers } = BROWSER;
    assertEquals((await send(BATCH, headers)).status, 403);
  }));

Deno.test("pages of the service's own origin may send events", () =>
  collecting(async ({ send }) => {
    const { status } = await send(BATCH, { ...BROWSER, origin: "https://recommender.test" });
    assertEquals(status, 202);
  }));

Deno.test("an address that sends too much waits, others don't", () =>
  collecting(async ({ send }) => {
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) statuses.push((await send(BATCH)).status);
    assertEquals([statuses[0], statuses.at(-1)], [202, 429]);
    assertEquals((await send(BATCH, BROWSER, "192.0.2.2")).status, 202);
  }));

/** The id of a popular list. */
async function listIdOf({ ask }: Collecting): Promise<string> {
  const response = await ask("GET", "/popular?k=3");
  await response.body?.cancel();
  return response.headers.get("x-list-id")!;
}

Deno.test("what came into view and what was chosen from it is stored as the visitor's", () => {
  let now = NOW;
  return collecting(async (shop) => {
    const listId = await listIdOf(shop);
    const made = now;
    now += 60_000;
    const { body } = await shop.send({
      ...BATCH,
      events: [{ ...EVENT, listId }, { ...EVENT, eventId: "e2", type: "cart", listId: "x.y.z" }],
      impressions: [
        { listId, productIds: ["200", "100"], positions: [2, 3], secondsAgo: 20 },
        { listId: `${listId}x`, productIds: ["200"] },
      ],
    });
    // The list that the service didn't make counts for nothing.
    assertEquals(body, { accepted: 3 });
    const name = listId.split(".")[0];
    assertEquals(await Array.fromAsync(shop.store.exposures()), [{
      ...{ listId: name, userId: VISITOR, model: "popularity", at: made + 40_000 },
      ...{ productIds: ["200", "100"], positions: [2, 3], propensities: [1, 1], received: now },
    }]);
    const events = await Array.fromAsync(shop.store.events());
    assertEquals(
      new Map(events.map((event) => [event.type, event.listId])),
      new Map([["view", name], ["cart", undefined]]),
    );
  }, { isShownStored: true, now: () => now });
});

Deno.test("a batch may hold impressions alone, and the same one again counts once", () =>
  collecting(async (shop) => {
    const batch = {
      ...{ key: KEY, visitorId: VISITOR },
      impressions: [{ listId: await listIdOf(shop), productIds: ["200"] }],
    };
    assertEquals(await shop.send(batch), { status: 202, body: { accepted: 1 } });
    assertEquals(await shop.send(batch), { status: 202, body: { accepted: 1 } });
    assertEquals((await Array.fromAsync(shop.store.exposures())).length, 1);
    assertEquals((await Array.fromAsync(shop.store.events())).length, 0);
  }, { isShownStored: true }));

Deno.test("unless exposures are switched on, nothing is stored of lists", () =>
  collecting(async ({ store, send }) => {
    const { status, body } = await send({
      ...BATCH,
      events: [{ ...EVENT, listId: "l" }],
      impressions: [{ listId: "l", productIds: ["200"] }],
    });
    assertEquals([status, body], [202, { accepted: 1 }]);
    assertEquals(await Array.fromAsync(store.exposures()), []);
    assertEquals((await Array.fromAsync(store.events())).map(({ listId }) => listId), [undefined]);
  }));

Deno.test("a public key opens nothing else", () =>
  collecting(async ({ ask }) => {
    for (
      const [method, path] of [
        ["GET", `/users/${VISITOR}/history`],
        ["DELETE", `/users/${VISITOR}`],
        ["GET", "/events/export"],
        ["POST", "/events"],
        ["POST", "/impressions"],
        ["GET", "/exposures/export"],
      ]
    ) {
      const response = await ask(method, path);
      await response.body?.cancel();
      assertEquals([path, response.status], [path, 401]);
    }
  }, { isShownStored: true }));

Deno.test("the tag is less than 3 KB and uses nothing that a strict policy forbids", () =>
  collecting(async ({ ask }) => {
    const response = await ask("GET", "/tag.js");
    assertEquals(response.headers.get("content-type"), "text/javascript; charset=utf-8");
    assert(response.headers.has("etag"));
    const text = await response.text();
    const zipped = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
    const { length } = await new Response(zipped).bytes();
    assert(length < 3000, `${length} bytes`);
    for (const forbidden of ["innerHTML", "eval(", "Function(", ".style", "cookie", "import "]) {
      assert(!text.includes(forbidden), forbidden);
    }
  }));

Deno.test("without public keys there is neither tag nor endpoint", () =>
  withLiveShop(async ({ ask, send }) => {
    assertEquals((await send("POST", "/collect", BATCH)).status, 404);
    const response = await ask("/tag.js");
    await response.body?.cancel();
    assertEquals(response.status, 404);
  }));
