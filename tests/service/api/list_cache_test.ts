/** A cached list is only returned if it is the one that would be made now. */
import fc from "fast-check";
import type { Artifact } from "../../../src/artifact/load.ts";
import { MS_PER_DAY as DAY, sleep } from "../../../src/base/time.ts";
import type { Model } from "../../../src/models/model.ts";
import type { Exchange, Handler } from "../../../src/service/http/exchange.ts";
import { Placements } from "../../../src/service/placements/definition/placements.ts";
import { placementsFile } from "../../../src/service/placements/definition/schema.ts";
import { createHandler } from "../../../src/service/handler.ts";
import { ListCache } from "../../../src/service/api/list_cache.ts";
import { Metrics } from "../../../src/service/observability/metrics.ts";
import { Reloading } from "../../../src/service/reloading.ts";
import { Shop } from "../../../src/service/recommend/shop.ts";
import type { EventStore } from "../../../src/service/store/event_store.ts";
import { openEventStore } from "../../../src/service/store/open_event_store.ts";
import { StoreError } from "../../../src/service/store/store_error.ts";
import { tinyArtifact } from "../../artifact/tiny_shop.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "../../assert.ts";
import { withFolder } from "../../temp_folder.ts";
import { capturedErrors } from "../captured_errors.ts";
import { AUTHORIZED, protectedBy } from "../live_shop.ts";

/** The tiny shop, and the same shop with models that rank in reverse. */
const tiny = await tinyArtifact();
const reversed: Artifact = {
  ...tiny,
  version: "20991231T000000Z-000000000000",
  models: new Map([...tiny.models].map(([name, model]) => [name, reversedModel(model)])),
};

function reversedModel(model: Model): Model {
  return {
    ...model,
    score(history, scores) {
      model.score(history, scores);
      scores.forEach((score, item) => scores[item] = -score);
    },
  };
}

const USERS = ["ann", "bob", "nobody"];
const PRODUCTS = ["100", "200", "300", "400", "500", "new"];
const QUERIES = ["", "?k=2", "?exclude=none", "?brand=runail", "?model=popularity&format=ids"];

const placements = new Placements(placementsFile.parse({
  placements: {
    home: {
      strategy: "personal",
      rules: ["few"],
      fallback: [{ strategy: "popular", window: "7d" }],
      variants: [{ segment: "recent", placement: "page" }],
    },
    page: { strategy: "similar", exclude: "none", fallback: [{ strategy: "popular" }] },
  },
  rules: { few: { cap: { by: "brand", most: 1 } } },
  segments: { recent: { seenWithinDays: 1 } },
}));

/** The paths requested after every change. */
const ADDRESSES = [
  ...USERS.flatMap((user) => QUERIES.map((query) => `/recommend/${user}${query}`)),
  "/placements/home?userId=ann",
  "/placements/page?userId=bob&productId=200&k=2",
  "/recommend/ann?placement=home",
  "/placements/home",
  "/placements/page?productId=100&productId=300",
];

const user = fc.constantFrom(...USERS);
const product = fc.constantFrom(...PRODUCTS);
const event = fc.record({
  userId: user,
  productId: product,
  type: fc.constantFrom("view", "cart", "purchase", "remove_from_cart"),
});

/** Within the days that pass. */
const RULE_END = new Date(1_600_000_000_000 + 2 * DAY).toISOString();

/** Everything that can change a list. */
const change = fc.oneof(
  fc.record({ post: fc.array(event, { minLength: 1, maxLength: 3 }) }),
  fc.record({ forget: user }),
  fc.record({
    put: product,
    change: fc.record({
      inStock: fc.boolean(),
      price: fc.integer({ min: 1, max: 9 }),
      brand: fc.constantFrom("runail", "irisk"),
    }, { requiredKeys: [] }),
  }),
  fc.record({
    rule: fc.constantFrom("a", "b"),
    effect: fc.constantFrom(
      { pin: { productId: "400", position: 1 } },
      { exclude: { brand: ["runail"] }, until: RULE_END },
      { boost: { factor: 9, maxPrice: 5 }, placements: ["home"] },
      undefined,
    ),
  }),
  fc.record({ reload: fc.boolean() }),
  fc.record({ days: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ shown: user }),
);

type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never;

const buy = (userId: string, productId: string) => ({
  post: [{ userId, productId, type: "purchase" as const }],
});

/** What random changes rarely produce: expired events, and a new product that becomes popular. */
const EXAMPLES: [Change[]][] = [
  [[buy("ann", "500"), { days: 4 }]],
  [[{ put: "new", change: {} }, buy("ann", "new"), buy("bob", "new")]],
];

/** A service whose store, clock and artifact the test controls. */
class TestService {
  next: Artifact = tiny;
  readonly metrics = new Metrics();
  readonly #protection = protectedBy();
  readonly #reloading: Reloading;

  constructor(readonly store: EventStore, readonly clock: { now: number }) {
    this.#reloading = new Reloading(tiny, {
      ...{ store, metrics: this.metrics, protection: this.#protection, tallyAgeMs: 0, placements },
      load: () => Promise.resolve(this.next),
    });
  }

  async ask(
    method: string,
    path: string,
    body?: unknown,
    exchange?: Exchange,
  ): Promise<Response> {
    return await this.#reloading.handle(requestFor(method, path, body), exchange);
  }

  /** The answer of a service with an empty cache. */
  async answerUncached(path: string): Promise<string> {
    const options = { store: this.store, protection: this.#protection, tallyAgeMs: 0, placements };
    const handler: Handler = createHandler(this.#reloading.artifact, options);
    return await (await handler(requestFor("GET", path))).text();
  }

  async apply(change: Change): Promise<void> {
    if ("days" in change) {
      this.clock.now += change.days * DAY;
      return;
    }
    const { status } = "post" in change
      ? await this.ask(
        "POST",
        "/events",
        change.post.map((event) => ({ ...event, time: 1572652800 })),
      )
      : "forget" in change
      ? await this.ask("DELETE", `/users/${change.forget}`)
      : "put" in change
      ? await this.ask("PUT", `/products/${change.put}`, change.change)
      : "rule" in change
      ? await this.#setRule(change.rule, change.effect)
      : "reload" in change
      ? await this.#reload(change.reload)
      : await this.ask("GET", `/recommend/${change.shown}?rotate=true`);
    assert(status < 300, JSON.stringify(change));
  }

  async #setRule(name: string, effect: object | undefined): Promise<{ status: number }> {
    if (effect) return await this.ask("PUT", `/rules/${name}`, effect);
    // Deleting a rule that there isn't is refused, and changes nothing.
    await this.ask("DELETE", `/rules/${name}`);
    return { status: 200 };
  }

  #reload(isReversed: boolean): Promise<Response> {
    this.next = isReversed ? reversed : tiny;
    return this.ask("POST", "/admin/reload");
  }

  async listsFromCache(): Promise<number> {
    const text = await (await this.ask("GET", "/metrics")).text();
    return Number(/^recommender_lists_kept_total (\d+)$/m.exec(text)?.[1]);
  }
}

function requestFor(method: string, path: string, body?: unknown): Request {
  return new Request(`http://shop.test${path}`, {
    method,
    headers: AUTHORIZED,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function withTestService(run: (shop: TestService) => Promise<void>): Promise<void> {
  const clock = { now: 1_600_000_000_000 };
  using store = await openEventStore({
    ...{ path: ":memory:", retentionDays: 3 },
    now: () => clock.now,
  });
  await run(new TestService(store, clock));
}

Deno.test("after any change, every list is the one an empty cache would give", async () => {
  let cached = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 8 }),
      (changes) =>
        withTestService(async (shop) => {
          for (const change of changes) {
            // Requested during a change, a list may be the one before or after it.
            const pending = ADDRESSES.map((path) => shop.ask("GET", path));
            await shop.apply(change);
            await Promise.all(pending);
            for (const path of ADDRESSES) {
              const uncached = await shop.answerUncached(path);
              for (let i = 0; i < 2; i++) {
                assertEquals(await (await shop.ask("GET", path)).text(), uncached);
              }
            }
          }
          cached += await shop.listsFromCache();
        }),
    ),
    { numRuns: 15, examples: EXAMPLES },
  );
  assert(cached > 1000, `only ${cached} lists came from the cache`);
});

Deno.test("a placement's cached list is counted for the placement, its rules and its route", () =>
  withTestService(async (shop) => {
    const paths = [
      "/placements/home?userId=ann",
      "/placements/page",
      "/recommend/ann?placement=page",
    ];
    for (const path of paths) {
      const first = await shop.ask("GET", path);
      const etag = first.headers.get("etag")!;
      const exchange: Exchange = {};
      const again = await shop.ask("GET", path, undefined, exchange);
      assertEquals([again.headers.get("etag"), await again.text()], [etag, await first.text()]);
      assertEquals(
        exchange.route,
        `${path.split("/").slice(0, 2).join("/")}/{${
          path.startsWith("/placements") ? "name" : "userId"
        }}`,
      );
    }
    assertEquals(await shop.listsFromCache(), 3);
    const text = await (await shop.ask("GET", "/metrics")).text();
    assertStringIncludes(text, 'recommender_placement_lists_total{placement="home"} 2');
    assertStringIncludes(text, 'recommender_placement_lists_total{placement="page"} 4');
  }));

Deno.test("a visitor's placement isn't made again after others' events, but after a change", () =>
  withTestService(async (shop) => {
    const path = "/placements/page?productId=100";
    const ask = async () => await (await shop.ask("GET", path)).json();
    const first = await ask();
    await shop.apply({ post: [{ userId: "bob", productId: "300", type: "view" }] });
    assertEquals([await ask(), await shop.listsFromCache()], [first, 1]);
    await shop.apply({ put: first.items[0].productId, change: { inStock: false } });
    assertEquals((await ask()).items.includes(first.items[0]), false);
    assertEquals(await shop.listsFromCache(), 1);
    const explained = `${path}&explain=true`;
    for (let i = 0; i < 2; i++) assertEquals((await shop.ask("GET", explained)).status, 200);
    assertEquals(await shop.listsFromCache(), 1);
  }));

Deno.test("a user's own event invalidates their list, another user's doesn't", () =>
  withTestService(async (shop) => {
    const ask = async () => (await shop.ask("GET", "/recommend/ann")).headers.get("etag");
    const first = await ask();
    await shop.apply({ post: [{ userId: "bob", productId: "300", type: "view" }] });
    assertEquals([await ask(), await shop.listsFromCache()], [first, 1]);
    await shop.apply({ post: [{ userId: "ann", productId: "300", type: "view" }] });
    assert(await ask() !== first);
    assertEquals(await shop.listsFromCache(), 1);
  }));

Deno.test("a cached list has the ETag and all headers of the first answer", () =>
  withTestService(async (shop) => {
    const [first, second] = [
      await shop.ask("GET", "/recommend/ann"),
      await shop.ask("GET", "/recommend/ann"),
    ];
    assertEquals([...second.headers], [...first.headers]);
    const headers = { ...AUTHORIZED, "if-none-match": first.headers.get("etag") ?? "" };
    const handler = createHandler(tiny, { store: shop.store });
    for (let i = 0; i < 2; i++) {
      const again = await handler(new Request("http://shop.test/recommend/ann", { headers }));
      assertEquals([again.status, await again.text()], [304, ""]);
    }
  }));

Deno.test("writes by another process to the same file are noticed", () =>
  withFolder(async (folder) => {
    const path = `${folder}/store.kv`;
    using store = await openEventStore({ path });
    using other = await openEventStore({ path });
    const handler = createHandler(tiny, { store });
    const productsOf = async () => {
      const response = await handler(requestFor("GET", "/recommend/ann?format=ids"));
      return await response.json();
    };
    for (let i = 0; i < 3; i++) assertEquals(await productsOf(), ["500", "300", "400"]);
    await other.append([{ userId: "ann", productId: "500", type: "view", time: 1 }]);
    // Longer than a check for other processes' writes is reused.
    await sleep(2);
    assertEquals(await productsOf(), ["300", "400"]);
    await other.changeProduct("300", { inStock: false });
    await sleep(2);
    assertEquals(await productsOf(), ["400"]);
  }));

Deno.test("a list made while the store fails isn't cached", () =>
  withTestService(async (shop) => {
    const failing = Object.create(shop.store, {
      userState: { value: () => Promise.reject(new StoreError("Cannot read: the disk is full")) },
    });
    let store = shop.store;
    const switching = new Proxy(shop.store, {
      get: (_, name) => {
        const value = Reflect.get(store, name, shop.store);
        return typeof value === "function" ? value.bind(shop.store) : value;
      },
    });
    const handler = createHandler(tiny, { store: switching });
    const ask = async () =>
      await (await handler(requestFor("GET", "/recommend/ann?format=ids"))).json();
    await shop.apply({ post: [{ userId: "ann", productId: "500", type: "view" }] });
    store = failing;
    await capturedErrors(async () => assertEquals(await ask(), ["500", "300", "400"]));
    store = shop.store;
    assertEquals(await ask(), ["300", "400"]);
  }));

Deno.test("a cached list keeps nothing of what its user did", () => {
  const lists = new ListCache(new Shop(tiny));
  const request = requestFor("GET", "/recommend/ann");
  const essentials = { version: "v1,,", until: Infinity, catalogueSequence: 0 };
  const state = { ...essentials, events: ["many"], purchased: ["more"] };
  lists.add(request, {
    ...{ model: "affinity", version: 0, route: "/recommend/{userId}", unread: {} },
    ...{ strategy: "personalized", body: "[]", etag: '"x"', state },
  });
  assertEquals(lists.fresh(request)?.state, essentials);
  assertEquals(lists.find(request, { state, version: 0 })?.state, essentials);
});

Deno.test("the cache stays within its capacity", () => {
  const shop = new Shop(tiny);
  const lists = new ListCache(shop, 6_000);
  const list = {
    ...{ model: "affinity", version: 0, route: "/recommend/{userId}" },
    strategy: "personalized",
    unread: {},
  } as const;
  const requests = Array.from({ length: 10 }, (_, i) => requestFor("GET", `/recommend/${i}`));
  for (const request of requests) {
    lists.add(request, {
      ...list,
      body: "x".repeat(1000),
      etag: '"x"',
      state: undefined,
    });
  }
  const cached = requests.filter((request) => lists.fresh(request));
  // Each takes 900 characters besides its own 1,000 and its path.
  assertEquals(cached.map(({ url }) => new URL(url).pathname), [
    "/recommend/7",
    "/recommend/8",
    "/recommend/9",
  ]);
});

Deno.test("cached lists need access, too", async () => {
  const READ_TOKEN = "read-0123456789abcdef";
  const protection = protectedBy({ readTokens: [READ_TOKEN], rateLimit: 1 });
  const handler = createHandler(tiny, { protection });
  const ask = async (token?: string) => {
    const headers = token === undefined ? undefined : { authorization: `Bearer ${token}` };
    return await handler(new Request("http://shop.test/recommend/ann", { headers }));
  };
  assertEquals((await ask(READ_TOKEN)).status, 200);
  assertEquals((await ask()).status, 401);
  assertEquals((await ask(READ_TOKEN)).status, 200);
  const late = await ask(READ_TOKEN);
  assertEquals(late.status, 429);
  assertMatch(late.headers.get("retry-after") ?? "", /^\d+$/);
});
