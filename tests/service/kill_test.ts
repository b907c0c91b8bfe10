/**
 * What was acknowledged is still stored after the process was killed while it was writing. With
 * another seed or more kills: `KILL_SEED=7 KILL_RUNS=100 deno test -A tests/service/kill_test.ts`.
 */
import { DatabaseSync } from "node:sqlite";
import { sleep } from "../../src/base/time.ts";
import { createRandom, type Random } from "../../src/linalg/random.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { dayOf } from "../../src/service/store/entries/keys.ts";
import { assert, assertEquals } from "../assert.ts";
import { environmentIn, type Running, saveBlockArtifact, startServer } from "../running_server.ts";
import { withFolder } from "../temp_folder.ts";
import { API_TOKEN, AUTHORIZED } from "./live_shop.ts";

const KILLS = Number(Deno.env.get("KILL_RUNS") || 5);
const SEED = Number(Deno.env.get("KILL_SEED") || 1);
const SENDERS = 4;
const MOST_EVENTS = 150;
/** All events have the same time, so that the tallies of one day count all of them. */
const TIME = new Date().toISOString();

Deno.test(`acknowledged events survive ${KILLS} kill -9, and the store stays consistent`, () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(`${folder}/artifacts`);
    const env = { ...environmentIn(folder), API_TOKENS: API_TOKEN };
    const { KV_PATH: path } = env;
    const random = createRandom(SEED);
    const acknowledged = new Set<string>();
    for (let kill = 0; kill < KILLS; kill++) {
      const before = acknowledged.size;
      await using server = await startServer(["src/main.ts"], { env });
      const { status } = await (await fetch(`${server.url}/readyz`)).json();
      assertEquals(status, "ready");
      const senders = Array.from(
        { length: SENDERS },
        (_, sender) => sendUntilDead(server, `user-${sender % 2}`, { random, acknowledged }),
      );
      // At a different moment each time, but always while events are being sent.
      const enough = before + 1 + random.integer(1000);
      while (acknowledged.size < enough) await sleep(1);
      await sleep(random.integer(20));
      assertEquals((await server.end("SIGKILL")).signal, "SIGKILL");
      await Promise.all(senders);
      requireSound(path);
    }
    using store = await openEventStore({ path });
    const stored = await Array.fromAsync(store.events(), ({ eventId }) => eventId);
    assertEquals(new Set(stored).size, stored.length);
    assert(acknowledged.isSubsetOf(new Set(stored)), "an acknowledged event is missing");
    // Transactions are stored as a whole or not at all, so the tallies agree with the events.
    const tallies = await store.tallies(dayOf(Date.parse(TIME)));
    assertEquals(tallies.reduce((sum, { count }) => sum + count, 0), stored.length);
    const live = (await store.userState("user-0")).events.length;
    assertEquals(live, 200);
    console.log(
      `${KILLS} kills, ${acknowledged.size} events acknowledged, ${stored.length} stored`,
    );
  }));

/** Sends events, a different number each time, and records which were acknowledged. */
async function sendUntilDead(
  { url }: Running,
  userId: string,
  { random, acknowledged }: { random: Random; acknowledged: Set<string> },
): Promise<void> {
  while (true) {
    const events = Array.from({ length: 1 + random.integer(MOST_EVENTS) }, () => ({
      eventId: crypto.randomUUID(),
      userId,
      productId: `item-${random.integer(15)}`,
      type: "view",
      time: TIME,
    }));
    try {
      const response = await fetch(`${url}/events`, {
        method: "POST",
        headers: AUTHORIZED,
        body: JSON.stringify(events),
      });
      const { accepted } = await response.json();
      assertEquals([response.status, accepted], [202, events.length]);
    } catch (error) {
      if (error instanceof TypeError) return;
      throw error;
    }
    for (const { eventId } of events) acknowledged.add(eventId);
  }
}

/** Runs SQLite's check of the whole file. */
function requireSound(path: string): void {
  using database = new DatabaseSync(path);
  const { integrity_check: said } = database.prepare("PRAGMA integrity_check").get() ?? {};
  assertEquals(said, "ok");
}
