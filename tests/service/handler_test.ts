/** The whole API, without a port. */
import { atEdge } from "../../src/service/edge.ts";
import { createHandler } from "../../src/service/handler.ts";
import { tinyArtifact } from "../artifact/tiny_shop.ts";
import { assert, assertEquals, assertMatch } from "../assert.ts";
import { askerOf, assertRefused, idsOf } from "./live_shop.ts";

const artifact = await tinyArtifact();
const ask = askerOf(createHandler(artifact), {});

async function problemOf(response: Response): Promise<Record<string, unknown>> {
  assertEquals(response.headers.get("content-type"), "application/problem+json");
  return await response.json();
}

Deno.test("a known user gets a personal list", async () => {
  const response = await ask("/recommend/ann?k=2");
  assertEquals(response.status, 200);
  assertEquals(response.headers.get("content-type"), "application/json");
  assertEquals(response.headers.get("x-unavailable"), "store");
  assertEquals(await response.json(), {
    userId: "ann",
    model: "affinity",
    strategy: "personalized",
    // This handler has none.
    store: "unavailable",
    items: [
      {
        productId: "500",
        score: 16,
        brand: "unknown",
        category: "11",
        price: 328,
        source: "model",
      },
      {
        productId: "300",
        score: 10,
        brand: "runail",
        category: "33",
        price: 12,
        source: "model",
      },
    ],
  });
});

Deno.test("an unknown user gets popular products", async () => {
  const response = await ask("/recommend/nobody?k=1&model=affinity");
  assertEquals(response.status, 200);
  assertEquals(await response.json(), {
    userId: "nobody",
    model: "popularity",
    strategy: "popular",
    store: "unavailable",
    items: [{
      productId: "200",
      score: 8,
      brand: "unknown",
      category: "22",
      price: 0.5,
      source: "popularity",
    }],
  });
});

Deno.test("model and exclude choose what is ranked", async () => {
  const { model, items } = await (await ask("/recommend/ann?model=popularity&exclude=none")).json();
  assertEquals(model, "popularity");
  assertEquals(idsOf({ items }), ["200", "400", "100", "300", "500"]);
});

Deno.test("an id is everything between two slashes, decoded", async () => {
  const { userId, strategy } = await (await ask(`/recommend/${encodeURIComponent("100%/Ünï?")}`))
    .json();
  assertEquals({ userId, strategy }, { userId: "100%/Ünï?", strategy: "personalized" });
  for (const id of ["a+b", "%2525", "a b", "日本", "x".repeat(256)]) {
    assertEquals((await (await ask(`/recommend/${encodeURIComponent(id)}`)).json()).userId, id);
  }
});

/** Bad requests: path, the invalid parameter, and part of the message. */
const BAD_REQUESTS: readonly [string, string, string][] = [
  ["/recommend/ann?k=0", "k", 'Parameter "k" must be a whole number from 1 to 1000, got "0"'],
  ["/recommend/ann?k=1001", "k", "a whole number from 1 to 1000"],
  ["/recommend/ann?k=-1", "k", "a whole number from 1 to 1000"],
  ["/recommend/ann?k=2.5", "k", "a whole number from 1 to 1000"],
  ["/recommend/ann?k=1e1", "k", "a whole number from 1 to 1000"],
  ["/recommend/ann?k=ten", "k", "a whole number from 1 to 1000"],
  ["/recommend/ann?k=%2010", "k", "a whole number from 1 to 1000"],
  ["/recommend/ann?k=", "k", 'a whole number from 1 to 1000, got ""'],
  ["/recommend/ann?k=99999999999999999999", "k", "a whole number from 1 to 1000"],
  ["/recommend/ann?k=5&k=5", "k", 'Parameter "k" must be given once'],
  ["/recommend/ann?model=afinity", "model", "popularity, affinity, got "],
  ["/recommend/ann?model=afinity", "model", "did you mean affinity?"],
  ["/recommend/ann?model=", "model", "must be one of popularity, affinity"],
  ["/recommend/ann?model=POPULARITY", "model", "did you mean popularity?"],
  ["/recommend/ann?exclude=sen", "exclude", "must be one of seen, purchased, none"],
  ["/recommend/ann?exclude=sen", "exclude", "did you mean seen?"],
  ["/recommend/ann?exlude=seen", "exlude", "did you mean exclude?"],
  ["/recommend/ann?K=5", "K", "did you mean k?"],
  [
    "/recommend/ann?color=red",
    "color",
    'Unknown parameter "color": it must be one of k, offset, model, exclude, brand, notBrand',
  ],
  ["/recommend/ann?__proto__=1", "__proto__", 'Unknown parameter "__proto__"'],
  ["/recommend/", "userId", '"userId" must be text of 1 to 256 characters, got ""'],
  [`/recommend/${"x".repeat(257)}`, "userId", "must be text of 1 to 256 characters"],
  ["/healthz?verbose=1", "verbose", 'Unknown parameter "verbose": none are allowed here'],
  ["/?k=1", "k", "none are allowed here"],
];

for (const [path, parameter, message] of BAD_REQUESTS) {
  Deno.test(`GET ${path.slice(0, 60)} is refused: ${message}`, () =>
    assertRefused(ask, path, { parameter, message }));
}

Deno.test("a problem lists the allowed values", async () => {
  const allowed = async (path: string) => (await problemOf(await ask(path))).allowed;
  assertEquals(await allowed("/recommend/ann?model=x"), ["popularity", "affinity"]);
  assertEquals(await allowed("/recommend/ann?exclude=x"), ["seen", "purchased", "none"]);
  assertEquals(await allowed("/healthz?x=1"), []);
});

Deno.test("a problem quotes only a few characters of the request", async () => {
  for (const path of [`?${"x".repeat(5000)}=1`, `?k=${"9".repeat(5000)}`]) {
    const { detail, parameter } = await problemOf(await ask(`/recommend/ann${path}`));
    assert(String(detail).length < 250);
    assert(String(parameter).length < 50);
  }
});

Deno.test("a path that isn't percent-encoded UTF-8 is refused", async () => {
  for (const path of ["/recommend/%FF", "/recommend/100%", "/recommend/%E6%97"]) {
    const response = await ask(path);
    assertEquals(response.status, 400);
    assertMatch(String((await problemOf(response)).detail), /percent-encoded/);
  }
});

Deno.test("an unknown path is answered with a problem", async () => {
  for (
    const path of ["/nothing", "/recommender", "/recommend/a/b", "/healthz/", "/Recommend/ann"]
  ) {
    const response = await ask(path);
    assertEquals(response.status, 404);
    assertEquals(await problemOf(response), {
      type: "about:blank",
      title: "Not Found",
      status: 404,
      detail: "Nothing is at this path; GET / lists all endpoints",
      instance: path,
    });
  }
});

Deno.test("another method is refused, naming those that are allowed", async () => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE", "PROPFIND"]) {
    for (const path of ["/", "/healthz", "/similar/100"]) {
      const response = await ask(path, { method });
      assertEquals(response.status, 405);
      assertEquals(response.headers.get("allow"), "GET, HEAD");
      const problem = await problemOf(response);
      assertEquals(problem.title, "Method Not Allowed");
      assertEquals(problem.detail, `${method} isn't allowed here, only GET, HEAD`);
    }
  }
  assertEquals((await ask("/nothing", { method: "POST" })).status, 404);
});

Deno.test("OPTIONS lists the methods of a path", async () => {
  for (const [path, methods] of [["/healthz", "GET, HEAD"], ["/events", "POST"]]) {
    const response = await ask(path, { method: "OPTIONS" });
    assertEquals(response.status, 204);
    assertEquals(response.headers.get("allow"), methods);
  }
});

Deno.test("no answer contains a tag, whatever the id", async () => {
  for (
    const path of ["/recommend/<script>", "/recommend/a?<script>=1", "/recommend/a?k=<script>"]
  ) {
    const text = await (await ask(path)).text();
    assert(!text.includes("<"), text);
    JSON.parse(text);
  }
});

Deno.test("HEAD gets the headers of GET without the body", async () => {
  const ask = askerOf(atEdge(createHandler(artifact)), {});
  for (const path of ["/", "/healthz", "/recommend/ann", "/recommend/ann?k=0", "/nothing"]) {
    const get = await ask(path);
    const head = await ask(path, { method: "HEAD" });
    assertEquals(head.status, get.status);
    assertEquals(head.headers.get("etag"), get.headers.get("etag"));
    assertEquals(head.headers.get("content-type"), get.headers.get("content-type"));
    const { byteLength } = await get.arrayBuffer();
    assertEquals(head.headers.get("content-length"), String(byteLength));
    assertEquals(await head.text(), "");
  }
});

Deno.test("an answer that the client already has isn't sent again", async () => {
  for (const [path, caching] of [["/", "public"], ["/recommend/ann", "private"]]) {
    const first = await ask(path);
    const etag = first.headers.get("etag");
    assert(etag);
    assertEquals(first.headers.get("cache-control"), `${caching}, no-cache`);
    for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const again = await ask(path, { headers: { "if-none-match": tags } });
      assertEquals(again.status, 304);
      assertEquals(again.headers.get("etag"), etag);
      assertEquals(again.headers.get("cache-control"), `${caching}, no-cache`);
      assertEquals(await again.text(), "");
    }
    const other = await ask(path, { headers: { "if-none-match": '"other"' } });
    assertEquals(other.status, 200);
  }
});

Deno.test("different answers have different tags", async () => {
  const tagOf = async (path: string) => (await ask(path)).headers.get("etag");
  assert(await tagOf("/recommend/ann") !== await tagOf("/recommend/bob"));
  assert(await tagOf("/recommend/ann?k=1") !== await tagOf("/recommend/ann?k=2"));
});

Deno.test("the health of the service is never cached", async () => {
  const response = await ask("/healthz");
  assertEquals(response.status, 200);
  assertEquals(response.headers.get("cache-control"), "no-store");
  assertEquals(await response.json(), { status: "ok", version: artifact.version });
});

Deno.test("the index says what is served and where", async () => {
  const { endpoints, ...index } = await (await ask("/")).json();
  assertEquals(index, {
    name: "clickstream-recommender",
    version: artifact.version,
    created: "2019-11-03T12:00:00.500Z",
    models: ["popularity", "affinity"],
    defaultModel: "affinity",
    decision: "affinity ranks best",
    data: {
      users: 4,
      items: 5,
      events: 5,
      from: "2019-11-01T00:00:00.000Z",
      to: "2019-11-02T00:00:00.000Z",
    },
  });
  assertEquals(endpoints.slice(0, 3), [
    { method: "GET", path: "/", summary: "The artifact being served, and all endpoints" },
    {
      method: "GET",
      path: "/recommend/{userId}{?k,offset,model,exclude,brand,notBrand,category,notCategory," +
        "minPrice,maxPrice,not,diversity,calibration,rotate,explain,format,placement}",
      summary: "The best products for a user, best first",
    },
    {
      method: "POST",
      path: "/recommend/{userId}",
      summary: "The same list, for options that are too long for an address",
    },
  ]);
});
