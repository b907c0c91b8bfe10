/** Whatever was acknowledged is there after the process was killed in the middle of its work. */
import { openEventStore } from "../../src/service/store/event_store.ts";
import { withFolder } from "../artifact/tiny_shop.ts";
import { assert, assertEquals } from "../assert.ts";
import { type Running, saveBlockArtifact, startServer } from "../running_server.ts";
import { API_TOKEN, AUTHORIZED } from "./live_shop.ts";

const KILLS = 5;
const SENDERS = 4;
const EVENTS_PER_REQUEST = 20;

Deno.test("acknowledged events survive kill -9 under load, again and again", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(`${folder}/artifacts`);
    const path = `${folder}/store.kv`;
    const env = {
      ARTIFACTS_DIR: `${folder}/artifacts`,
      HOST: "127.0.0.1",
      PORT: "0",
      KV_PATH: path,
      API_TOKENS: API_TOKEN,
    };
    const acknowledged = new Set<string>();
    for (let kill = 0; kill < KILLS; kill++) {
      const before = acknowledged.size;
      await using server = await startServer(["src/main.ts"], { env });
      const senders = Array.from({ length: SENDERS }, () => sendUntilDead(server, acknowledged));
      // Each time at another moment, but in the midst of sending.
      while (acknowledged.size < before + 100 * (kill + 1)) await pause(1);
      assertEquals((await server.end("SIGKILL")).signal, "SIGKILL");
      await Promise.all(senders);
    }
    using store = await openEventStore({ path });
    const stored = await Array.fromAsync(store.events(), ({ eventId }) => eventId);
    assertEquals(new Set(stored).size, stored.length);
    assert(acknowledged.isSubsetOf(new Set(stored)), "an acknowledged event is missing");
    const live = (await store.userState("user-0")).events.length;
    assertEquals(live, Math.min(200, stored.length));
  }));

async function sendUntilDead({ url }: Running, acknowledged: Set<string>): Promise<void> {
  while (true) {
    const events = Array.from({ length: EVENTS_PER_REQUEST }, () => ({
      eventId: crypto.randomUUID(),
      userId: "user-0",
      productId: "item-1",
      type: "view",
    }));
    try {
      const response = await fetch(`${url}/events`, {
        method: "POST",
        headers: AUTHORIZED,
        body: JSON.stringify(events),
      });
      const { accepted } = await response.json();
      assertEquals([response.status, accepted], [202, EVENTS_PER_REQUEST]);
    } catch (error) {
      if (error instanceof TypeError) return;
      throw error;
    }
    for (const { eventId } of events) acknowledged.add(eventId);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
