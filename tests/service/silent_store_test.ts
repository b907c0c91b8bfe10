/** A store on another machine that fails while it is used, or before. */
import { assert, assertEquals, assertMatch } from "../assert.ts";
import { environmentIn, type Running, saveBlockArtifact, startServer } from "../running_server.ts";
import { withFolder } from "../temp_folder.ts";
import { API_TOKEN, AUTHORIZED } from "./live_shop.ts";
import { type Behaviour, type RemoteKv, startRemoteKv } from "./store/remote_kv.ts";

const TIMEOUT = 0.5;
/** More than the deadline, far less than forever: the machine may be busy. */
const PATIENCE_MS = 5000;

/** Runs a test with a service whose store is on another machine. */
function withRemoteStore(
  behaviour: Behaviour,
  run: (server: Running, store: RemoteKv) => Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    await saveBlockArtifact(`${folder}/artifacts`);
    await using store = startRemoteKv(behaviour);
    await using server = await startServer(["src/main.ts"], {
      env: {
        ...environmentIn(folder),
        API_TOKENS: API_TOKEN,
        KV_PATH: store.url,
        DENO_KV_ACCESS_TOKEN: "secret of the store",
        STORE_TIMEOUT: `${TIMEOUT}`,
      },
    });
    await run(server, store);
  });
}

async function ask({ url }: Running, path: string, body?: object) {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const sent = body && { method: "POST", body: JSON.stringify(body) };
  const response = await fetch(url + path, { headers: AUTHORIZED, signal, ...sent });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const EVENT = { userId: "user-0", productId: "item-1", type: "view" };

/** Lists are made without the store and say so, events get 503, and `/readyz` has the reason. */
async function assertDegraded(server: Running, reason: RegExp): Promise<void> {
  const events = await ask(server, "/events", EVENT);
  assertEquals([events.status, events.headers.get("retry-after")], [503, "5"]);
  assertEquals(events.headers.get("content-type"), "application/problem+json");
  const list = await ask(server, "/recommend/user-0?k=3");
  assertEquals([list.status, list.body.strategy], [200, "personalized"]);
  assertEquals([list.body.items.length, list.body.store], [3, "unavailable"]);
  for (const path of ["/similar/item-1?userId=user-0", "/new?userId=user-0"]) {
    const { status, body, headers } = await ask(server, path);
    assertEquals([status, body.store], [200, "unavailable"], path);
    assertEquals(headers.get("x-unavailable"), "store", path);
  }
  const rank = await ask(server, "/rank", { userId: "user-0", productIds: ["item-1"] });
  assertEquals(rank.body.store, "unavailable");
  const { status, body } = await ask(server, "/readyz");
  assertEquals([status, body.status, body.store], [200, "degraded", "unavailable"]);
  assertMatch(body.detail, reason);
  assertEquals((await ask(server, "/popular?window=7d&k=1")).status, 200);
}

const SILENT = /since it didn't answer within 0.5 seconds/;

for (const behaviour of ["is silent", "closes connections", { slowMs: 2000 }] as const) {
  const what = typeof behaviour === "object" ? "answers too late" : behaviour;
  Deno.test(`a remote store that ${what} holds nothing up, and is used again later`, () =>
    withRemoteStore("answers", async (server, store) => {
      assertEquals((await ask(server, "/events", EVENT)).body.accepted, 1);
      assertEquals((await ask(server, "/recommend/user-0?k=3")).body.store, undefined);
      assertEquals((await ask(server, "/readyz")).body.status, "ready");
      store.behaviour = behaviour;
      await assertDegraded(server, SILENT);
      // Only the first call waited.
      const started = performance.now();
      for (let user = 0; user < 20; user++) {
        assertEquals((await ask(server, `/recommend/user-${user}`)).status, 200);
      }
      const took = performance.now() - started;
      assert(took < 20 * 1000 * TIMEOUT / 2, `20 lists took ${took} ms`);
      store.behaviour = "answers";
      const recovering = performance.now();
      while ((await ask(server, "/readyz")).body.status !== "ready") {
        assert(performance.now() - recovering < 20_000, "it must recover");
      }
      assertEquals((await ask(server, "/events", EVENT)).body.accepted, 1);
      assertEquals((await ask(server, "/recommend/user-0?k=3")).body.store, undefined);
    }));
}

Deno.test("a remote store that answers slowly, but in time, is used", () =>
  withRemoteStore("answers", async (server, store) => {
    store.behaviour = { slowMs: 150 };
    assertEquals((await ask(server, "/readyz")).body.status, "ready");
    assertEquals((await ask(server, "/events", EVENT)).status, 202);
    assertEquals((await ask(server, "/recommend/user-0")).body.store, undefined);
  }));

for (const behaviour of ["is silent", "closes connections"] as const) {
  Deno.test(`a service whose remote store ${behaviour} starts without it`, () =>
    withRemoteStore(behaviour, (server) => assertDegraded(server, /.+/)));
}
