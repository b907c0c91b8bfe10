/** The metrics and the log of a service that answers requests. */
import { atEdge } from "../../src/service/edge.ts";
import { createHandler } from "../../src/service/handler.ts";
import { AccessLog } from "../../src/service/observability/access_log.ts";
import { Metrics } from "../../src/service/observability/metrics.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { tinyArtifact } from "../artifact/tiny_shop.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "../assert.ts";
import { capturedErrors } from "./captured_errors.ts";
import { type Ask, askerOf, protectedBy } from "./live_shop.ts";

/** Runs a test with a service and its access log. */
async function watchedShop(
  run: (ask: Ask, log: () => Promise<string>) => Promise<void>,
): Promise<void> {
  using store = await openEventStore({ path: ":memory:" });
  const metrics = new Metrics();
  const options = { store, metrics, protection: protectedBy() };
  let written = "";
  await using log = new AccessLog({ write: (text) => void (written += text) });
  const handler = atEdge(createHandler(await tinyArtifact(), options), { metrics, log });
  await run(askerOf(handler), async () => {
    await log.flush();
    return written;
  });
}

Deno.test("/metrics counts requests, lists and events", () =>
  watchedShop(async (ask) => {
    await ask("/recommend/ann");
    await ask("/recommend/nobody");
    await ask("/recommend/ann?k=0");
    await ask("/no/such/path");
    await ask("/events", {
      method: "POST",
      body: '{"userId":"u","productId":"100","type":"view"}',
    });
    await ask("/recommend", { method: "POST", body: '{"events":[]}' });
    const response = await ask("/metrics");
    assertMatch(response.headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4/);
    assertEquals(response.headers.get("cache-control"), "no-store");
    const text = await response.text();
    for (
      const line of [
        'recommender_requests_total{route="/recommend/{userId}",method="GET",status="200"} 2',
        'recommender_requests_total{route="/recommend/{userId}",method="GET",status="400"} 1',
        'recommender_requests_total{route="other",method="GET",status="404"} 1',
        'recommender_requests_total{route="/events",method="POST",status="202"} 1',
        'recommender_lists_total{model="affinity",strategy="personalized"} 1',
        'recommender_lists_total{model="popularity",strategy="popular"} 2',
        "recommender_events_stored_total 1",
        "recommender_store_errors_total 0",
      ]
    ) assertStringIncludes(text, `${line}\n`);
  }));

Deno.test("neither metrics nor log lines contain ids of users", () =>
  watchedShop(async (ask, log) => {
    for (const path of ["/recommend/secret-1", "/users/secret-2/history", "/secret-3?k=secret-4"]) {
      await ask(path);
    }
    const text = await (await ask("/metrics")).text();
    assert(!text.includes("secret") && !(await log()).includes("secret"));
    assertEquals((await log()).trimEnd().split("\n").length, 4);
  }));

Deno.test("a request gets an id, or keeps the one that a proxy gave it", () =>
  watchedShop(async (ask, log) => {
    const idOf = async (headers?: HeadersInit) =>
      (await ask("/healthz", { headers })).headers.get("x-request-id") ?? "";
    const own = await idOf();
    assertMatch(own, /^[0-9a-f-]{36}$/);
    assert(own !== await idOf());
    assertEquals(await idOf({ "x-request-id": "proxy_1-a" }), "proxy_1-a");
    assertMatch(await idOf({ "x-request-id": 'a"b' }), /^[0-9a-f-]{36}$/);
    assertStringIncludes(await log(), `"id":"proxy_1-a"`);
  }));

Deno.test("/metrics counts failures of the store", async () => {
  const store = await openEventStore({ path: ":memory:" });
  store[Symbol.dispose]();
  const ask = askerOf(
    createHandler(await tinyArtifact(), { store, protection: protectedBy() }),
  );
  await capturedErrors(async () => assertEquals((await ask("/events/export")).status, 503));
  assertStringIncludes(
    await (await ask("/metrics")).text(),
    "recommender_store_errors_total 1\n",
  );
});
