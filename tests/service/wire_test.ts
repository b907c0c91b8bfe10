/** Compression, ETags and caching, with and without a port. */
import { atEdge } from "../../src/service/edge.ts";
import { createHandler } from "../../src/service/handler.ts";
import { listen } from "../../src/service/listen.ts";
import { Placements } from "../../src/service/placements/definition/placements.ts";
import { placementsFile } from "../../src/service/placements/definition/schema.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { tinyArtifact } from "../artifact/tiny_shop.ts";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { type Ask, askerOf, AUTHORIZED, protectedBy } from "./live_shop.ts";

/** Runs a test with a service that has a store and can reload, wrapped by `atEdge`. */
async function withService(run: (ask: Ask) => Promise<void>): Promise<void> {
  using store = await openEventStore({ path: ":memory:" });
  const reload = () => Promise.resolve({ version: "b", previous: "a" });
  const placements = new Placements(
    placementsFile.parse({ placements: { home: { strategy: "popular" } } }),
  );
  const options = { store, reload, placements, protection: protectedBy() };
  const handler = atEdge(createHandler(await tinyArtifact(), options));
  const ask = askerOf(handler);
  await run((path, { headers, ...init } = {}) =>
    ask(path, { ...init, headers: { ...AUTHORIZED, ...headers } })
  );
}

const GZIP = { "accept-encoding": "gzip, deflate, br" } as const;

async function unzipped({ body }: Response): Promise<string> {
  assert(body);
  return await new Response(body.pipeThrough(new DecompressionStream("gzip"))).text();
}

Deno.test("long answers are compressed for clients that accept it", () =>
  withService(async (ask) => {
    for (const path of ["/openapi.json", "/docs/swagger-ui.css"]) {
      const plain = await ask(path);
      const zipped = await ask(path, { headers: GZIP });
      assertEquals(
        [plain, zipped].map(({ headers }) => headers.get("content-encoding")),
        [null, "gzip"],
      );
      for (const { headers } of [plain, zipped]) {
        assertEquals(headers.get("vary"), "accept-encoding");
      }
      assertEquals(zipped.headers.get("etag"), `W/${plain.headers.get("etag")}`);
      const text = await plain.text();
      const bytes = await zipped.bytes();
      assert(bytes.length < text.length / 2);
      assertEquals(await unzipped(new Response(bytes)), text);
      // The cached answer is the same.
      assertEquals(await (await ask(path, { headers: GZIP })).bytes(), bytes);
    }
  }));

Deno.test("the docs' files are compressed once, and revalidated in either encoding", () =>
  withService(async (ask) => {
    const path = "/docs/swagger-ui-bundle.js";
    for (const headers of [{}, GZIP]) {
      const first = await ask(path, { headers });
      assertEquals(first.headers.get("vary"), "accept-encoding");
      const etag = first.headers.get("etag") ?? "";
      const again = await ask(path, { headers: { ...headers, "if-none-match": etag } });
      assertEquals([again.status, again.headers.get("etag")], [304, etag]);
      await first.body?.cancel();
    }
  }));

Deno.test("short answers, and those for clients without gzip, aren't compressed", () =>
  withService(async (ask) => {
    for (const accepted of ["br", "identity", "gzip;q=0", "", "*;q=0"]) {
      const { headers } = await ask("/openapi.json", { headers: { "accept-encoding": accepted } });
      assertEquals([accepted, headers.get("content-encoding")], [accepted, null]);
    }
    const { headers } = await ask("/recommend/ann", { headers: GZIP });
    assertEquals([headers.get("content-encoding"), headers.get("vary")], [null, null]);
  }));

Deno.test("the ETag of a compressed answer revalidates it", () =>
  withService(async (ask) => {
    const first = await ask("/openapi.json", { headers: GZIP });
    const etag = first.headers.get("etag") ?? "";
    const again = await ask("/openapi.json", { headers: { ...GZIP, "if-none-match": etag } });
    assertEquals([again.status, await again.text()], [304, ""]);
    assertEquals(
      ["etag", "vary", "cache-control"].map((name) => again.headers.get(name)),
      [etag, "accept-encoding", "public, no-cache"],
    );
  }));

Deno.test("exported events are compressed as a stream, however many there are", () =>
  withService(async (ask) => {
    const body = JSON.stringify({
      userId: "ann",
      productId: "100",
      type: "view",
      time: 1572652800,
    });
    await ask("/events", { method: "POST", body });
    const response = await ask("/events/export", { headers: GZIP });
    assertEquals(response.headers.get("content-encoding"), "gzip");
    assertStringIncludes(await unzipped(response), "2019-11-02 00:00:00 UTC,view,100,");
  }));

Deno.test("HEAD has the headers of the compressed answer", () =>
  withService(async (ask) => {
    const get = await ask("/openapi.json", { headers: GZIP });
    const head = await ask("/openapi.json", { method: "HEAD", headers: GZIP });
    for (const name of ["etag", "vary", "content-encoding", "content-type"]) {
      assertEquals(head.headers.get(name), get.headers.get(name));
    }
    const { length } = await get.bytes();
    assertEquals([head.headers.get("content-length"), await head.text()], [String(length), ""]);
  }));

/** The `Cache-Control` of each path. */
const CACHING: readonly [string, string][] = [
  ["/", "public, no-cache"],
  ["/openapi.json", "public, no-cache"],
  ["/docs", "public, no-cache"],
  ["/docs/start.js", "public, no-cache"],
  ["/popular", "public, no-cache"],
  ["/new", "public, no-cache"],
  ["/new?userId=ann", "private, no-cache"],
  ["/similar/100?userId=ann", "private, no-cache"],
  ["/similar/100", "public, no-cache"],
  ["/products", "public, no-cache"],
  ["/products/100", "public, no-cache"],
  ["/recommend/ann", "private, no-cache"],
  ["/users/ann/history", "private, no-cache"],
  ["/recommend/ann?rotate=true", "no-store"],
  ["/events/export", "no-store"],
  ["/metrics", "no-store"],
  ["/healthz", "no-store"],
  ["/readyz", "no-store"],
  ["/version", "no-store"],
  ["/recommend/ann?k=0", "no-store"],
  ["/nothing", "no-store"],
];

for (const [path, caching] of CACHING) {
  Deno.test(`GET ${path} is ${caching}, with an ETag if it may be cached`, () =>
    withService(async (ask) => {
      const { headers, body } = await ask(path);
      await body?.cancel();
      assertEquals(headers.get("cache-control"), caching);
      assertEquals(headers.has("etag"), caching !== "no-store");
    }));
}

Deno.test("every path answers OPTIONS, and HEAD if it answers GET", () =>
  withService(async (ask) => {
    const { endpoints } = await (await ask("/")).json();
    const methods = Map.groupBy<string, { method: string; path: string }>(
      endpoints,
      ({ path }) => path.replace(/\{\?.*/, ""),
    );
    assert(methods.size > 10);
    for (const [template, routes] of methods) {
      const path = template.replace("{userId}", "ann").replace("{productId}", "100")
        .replace("{file}", "start.js").replace("/placements/{name}", "/placements/home");
      const allowed = routes.flatMap(({ method }) => method === "GET" ? ["GET", "HEAD"] : [method]);
      const options = await ask(path, { method: "OPTIONS" });
      assertEquals([path, options.status], [path, 204]);
      assertEquals(
        options.headers.get("allow")?.split(", ").toSorted(),
        allowed.toSorted(),
      );
      if (!allowed.includes("HEAD")) continue;
      const head = await ask(path, { method: "HEAD" });
      assertEquals([path, head.status, await head.text()], [path, 200, ""]);
    }
  }));

Deno.test("compression, ETags, HEAD and OPTIONS work through a real port", async () => {
  const handler = atEdge(createHandler(await tinyArtifact()));
  const { url, stop } = listen(handler, { host: "127.0.0.1", port: 0 });
  const zipped = await fetch(`${url}/openapi.json`, { headers: { "accept-encoding": "gzip" } });
  // fetch hides that the answer was compressed; the weak tag shows it.
  const tag = zipped.headers.get("etag") ?? "";
  const text = await zipped.text();
  assertEquals([tag.slice(0, 3), JSON.parse(text).openapi], ['W/"', "3.1.1"]);
  const headers = { "accept-encoding": "gzip", "if-none-match": tag };
  const again = await fetch(`${url}/openapi.json`, { headers });
  assertEquals([again.status, await again.text()], [304, ""]);
  const head = await fetch(`${url}/recommend/ann`, { method: "HEAD" });
  assertEquals([head.status, head.headers.get("cache-control")], [200, "private, no-cache"]);
  assert(Number(head.headers.get("content-length")) > 100);
  const options = await fetch(`${url}/events`, { method: "OPTIONS" });
  assertEquals([options.status, options.headers.get("allow")], [204, "POST"]);
  await stop();
});

Deno.test("JSON is sent in chunks by HTTP/1.1, and with its length by HTTP/1.0", async () => {
  const handler = atEdge(createHandler(await tinyArtifact()));
  const listening = listen(handler, { host: "127.0.0.1", port: 0 });
  try {
    for (
      const [request, chunks, length] of [
        ["GET /recommend/ann HTTP/1.1", true, false],
        ["GET /recommend/ann HTTP/1.0", false, true],
        ["HEAD /recommend/ann HTTP/1.1", false, true],
        ["GET /recommend/ann?k=0 HTTP/1.1", false, true],
        ["OPTIONS /recommend/ann HTTP/1.1", false, false],
      ] as const
    ) {
      const answer = await said(listening.url, `${request}\r\nhost: shop\r\nconnection: close`);
      const head = answer.slice(0, answer.indexOf("\r\n\r\n"));
      assertEquals([request, head.includes("transfer-encoding: chunked")], [request, chunks]);
      assertEquals([request, /content-length: [1-9]/.test(head)], [request, length]);
      assertEquals([request, answer.endsWith("\r\n0\r\n\r\n")], [request, chunks]);
    }
  } finally {
    await listening.stop();
  }
});

/** The raw answer to a request without a body. */
async function said(url: string, head: string): Promise<string> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(url).port) });
  await new Response(`${head}\r\n\r\n`).body?.pipeTo(connection.writable, { preventClose: true });
  return await new Response(connection.readable).text();
}
