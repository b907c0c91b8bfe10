/** Stops a real process in the middle of a request. */
import { sleep } from "../../src/base/time.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { assertEquals, assertMatch } from "../assert.ts";
import { environmentIn, type Running, saveBlockArtifact, startServer } from "../running_server.ts";
import { withFolder } from "../temp_folder.ts";
import { API_TOKEN } from "./live_shop.ts";

/** Deno Deploy, systemd and containers wait at least this long before they kill. */
const ALLOWED_MS = 5000;

const BODY = '{"userId":"late","productId":"item-1","type":"view"}';
const HEAD = [
  "POST /events HTTP/1.1",
  "Host: shop.test",
  `Authorization: Bearer ${API_TOKEN}`,
  `Content-Length: ${BODY.length}`,
  "",
  "",
].join("\r\n");

async function withServer(
  run: (server: Running, store: string) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    await saveBlockArtifact(`${folder}/artifacts`);
    const env = { ...environmentIn(folder), API_TOKENS: API_TOKEN };
    const { KV_PATH: store } = env;
    await using server = await startServer(["src/main.ts"], { env });
    await run(server, store);
  });
}

/** A client that has sent a whole request except the end of its body. */
async function sendHalf({ url }: Running): Promise<Deno.Conn> {
  const client = await Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(url).port) });
  await client.write(new TextEncoder().encode(HEAD + BODY.slice(0, 10)));
  // The first request has arrived by the time that a later one is answered.
  await (await fetch(`${url}/healthz`)).body?.cancel();
  return client;
}

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  Deno.test(`${signal} lets a request in flight finish, and its events are stored`, () =>
    withServer(async (server, path) => {
      using client = await sendHalf(server);
      const ended = server.end(signal, ALLOWED_MS);
      while (await isTaking(server)) await sleep(5);
      await client.write(new TextEncoder().encode(BODY.slice(10)));
      const answer = new Uint8Array(2000);
      const size = await client.read(answer) ?? 0;
      assertMatch(new TextDecoder().decode(answer.subarray(0, size)), /^HTTP\/1.1 202 /);
      assertEquals(await ended, { success: true, code: 0, signal: null });
      using store = await openEventStore({ path });
      assertEquals((await store.userState("late")).events.length, 1);
    }));
}

Deno.test("a request that never finishes doesn't keep the process longer than five seconds", () =>
  withServer(async (server) => {
    using _ = await sendHalf(server);
    assertEquals((await server.end("SIGTERM", ALLOWED_MS)).code, 0);
  }));

/** Whether requests are still accepted, or the process says that it is stopping. */
async function isTaking({ url }: Running): Promise<boolean> {
  const response = await fetch(`${url}/healthz`);
  await response.body?.cancel();
  return response.status !== 503;
}
