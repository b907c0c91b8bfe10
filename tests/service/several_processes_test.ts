/** Several processes share one store, as they do behind one port: see docs/operations.md. */
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { assert, assertEquals } from "../assert.ts";
import { environmentIn, type Running, saveBlockArtifact, startServer } from "../running_server.ts";
import { withFolder } from "../temp_folder.ts";
import { API_TOKEN, AUTHORIZED } from "./live_shop.ts";

const PROCESSES = 3;
const SENDERS = 6;
const REQUESTS = 25;
const EVENTS_PER_REQUEST = 4;

Deno.test("processes that share a store lose nothing, and none is stale", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(`${folder}/artifacts`);
    const env = { ...environmentIn(folder), API_TOKENS: API_TOKEN };
    const { KV_PATH: path } = env;
    // Started at the same time, so that none finds an existing store.
    const starting = Array.from({ length: PROCESSES }, () => startServer(["src/main.ts"], { env }));
    await using started = new AsyncDisposableStack();
    const servers = (await Promise.all(starting)).map((server) => started.use(server));
    for (const server of servers) {
      assertEquals((await ask(server, "/readyz")).status, "ready");
    }

    const senders = Array.from({ length: SENDERS }, (_, sender) => send(servers, sender));
    await Promise.all(senders);

    const [first, second, third] = servers;
    await ask(first, "/products/item-1", "PUT", { price: 7, title: "Soap" });
    assertEquals((await ask(second, "/products/item-1")).title, "Soap");
    assertEquals((await ask(second, "/users/user-of-0/history")).total, 100);
    await ask(second, "/users/user-of-0", "DELETE");
    for (const server of [first, third]) {
      assertEquals((await ask(server, "/users/user-of-0/history")).total, 0);
      assertEquals((await ask(server, "/recommend/user-of-0")).strategy, "popular");
    }

    // A process doesn't answer from its cache once another has stored what changes the list.
    const list = "/recommend/somebody-else?format=ids&k=100";
    for (let item = 0; item < 5; item++) {
      const productId = `item-${item}`;
      assert((await ask(second, list)).includes(productId));
      await ask(first, "/events", "POST", { userId: "somebody-else", productId, type: "view" });
      assert(!(await ask(second, list)).includes(productId), `${productId} was seen`);
    }

    assertEquals((await first.end("SIGKILL")).signal, "SIGKILL");
    const event = { userId: "somebody", productId: "item-2", type: "cart" };
    assertEquals((await ask(second, "/events", "POST", event)).accepted, 1);
    assertEquals((await ask(third, "/recommend/somebody")).strategy, "personalized");

    using store = await openEventStore({ path });
    const stored = await Array.fromAsync(store.events(), ({ eventId }) => eventId);
    const sent = (SENDERS - 1) * REQUESTS * EVENTS_PER_REQUEST + 5 + 1;
    assertEquals([new Set(stored).size, stored.length], [sent, sent]);
  }));

/**
 * Sends a user's events to the processes in turn; after each request reads them from another
 * process.
 */
async function send(servers: readonly Running[], sender: number): Promise<void> {
  const userId = `user-of-${sender}`;
  for (let request = 0; request < REQUESTS; request++) {
    const events = Array.from({ length: EVENTS_PER_REQUEST }, (_, i) => ({
      eventId: `${sender}-${request}-${i}`,
      userId,
      productId: `item-${i}`,
      type: "view",
    }));
    const { accepted } = await ask(servers[request % PROCESSES], "/events", "POST", events);
    assertEquals(accepted, EVENTS_PER_REQUEST);
    const { total } = await ask(servers[(request + 1) % PROCESSES], `/users/${userId}/history`);
    assertEquals(total, (request + 1) * EVENTS_PER_REQUEST);
  }
}

// deno-lint-ignore no-explicit-any
async function ask({ url }: Running, path: string, method = "GET", body?: object): Promise<any> {
  const sent = { method, headers: AUTHORIZED, ...(body && { body: JSON.stringify(body) }) };
  const response = await fetch(url + path, sent);
  const answer = await response.json();
  assertEquals(response.ok, true, JSON.stringify(answer));
  return answer;
}
