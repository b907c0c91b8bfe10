/**
 * The database is killed and restarted while events are sent and lists are asked for. With another
 * number of kills: `KILL_RUNS=10 deno test -A tests/service/store/postgres/outage_test.ts`.
 */
import { sleep } from "../../../../src/base/time.ts";
import { createRandom, type Random } from "../../../../src/linalg/random.ts";
import { openPostgresStore } from "../../../../src/service/store/postgres/open_postgres_store.ts";
import { assert, assertEquals, assertMatch } from "../../../assert.ts";
import {
  environmentIn,
  type Running,
  saveBlockArtifact,
  startServer,
} from "../../../running_server.ts";
import { withFolder } from "../../../temp_folder.ts";
import { API_TOKEN, AUTHORIZED } from "../../live_shop.ts";
import { startPostgres } from "./server.ts";

const KILLS = Number(Deno.env.get("KILL_RUNS") || 2);
const SERVERS = 2;
const SENDERS = 4;
const MOST_EVENTS = 120;
const RECOVERY_MS = 5000;
const TIMEOUT = 1;
/** The deadline of a call, and what a busy machine adds. */
const SLOWEST_LIST_MS = 1000 * TIMEOUT + 3000;

const database = await startPostgres({ isDurable: true });
Deno.test.afterAll(async () => await database?.[Symbol.asyncDispose]());

Deno.test({
  name: `${KILLS} kill -9 of the database lose no acknowledged event, and lists go on`,
  ignore: !database,
  fn: () =>
    withFolder(async (folder) => {
      if (!database) return;
      await saveBlockArtifact(`${folder}/artifacts`);
      const url = await database.createDatabase();
      const env = {
        ...environmentIn(folder),
        API_TOKENS: API_TOKEN,
        STORE_TIMEOUT: `${TIMEOUT}`,
        // The first host refuses connections.
        STORE_URL: url.replace("postgres@", "postgres:secret@").replace("127", "127.0.0.1:9,127"),
      };
      await using started = new AsyncDisposableStack();
      const servers: Running[] = [];
      for (let i = 0; i < SERVERS; i++) {
        servers.push(started.use(await startServer(["src/main.ts"], { env })));
      }
      const random = createRandom(1);
      const load = new Load(servers, random);
      const running = load.run();
      for (let kill = 0; kill < KILLS; kill++) {
        const enough = load.acknowledged.size + 500;
        while (load.acknowledged.size < enough) await sleep(5);
        await sleep(random.integer(50));
        await database.kill();
        await sleep(1500);
        for (const server of servers) await assertDegraded(server);
        await database.start();
        const restarted = performance.now();
        for (const server of servers) {
          while (await send(server, "somebody", ["again"]) !== 202) await sleep(20);
          while ((await ask(server, "/readyz")).body.status !== "ready") await sleep(20);
          assert((await ask(server, "/recommend/user-1")).body.store === undefined);
        }
        const took = performance.now() - restarted;
        assert(took < RECOVERY_MS, `the servers took ${took} ms to recover`);
      }
      load.isOver = true;
      await running;
      assert(load.slowest < SLOWEST_LIST_MS, `a list took ${load.slowest} ms`);
      using store = await openPostgresStore({ url });
      const stored = await Array.fromAsync(store.events(), ({ eventId }) => eventId);
      assertEquals(new Set(stored).size, stored.length);
      assert(load.acknowledged.isSubsetOf(new Set(stored)), "an acknowledged event is missing");
      const lost = `${KILLS} kills, ${load.acknowledged.size} events acknowledged, ` +
        `${stored.length} stored, ${load.lists} lists, the slowest after ${load.slowest | 0} ms`;
      console.log(lost);
      for (const server of servers) {
        await server.end("SIGTERM");
        const errors = await server.errors;
        assertMatch(errors, /Cannot .* in postgres:\/\/127/);
        assert(!errors.includes("secret"), "the log must not have the password");
      }
    }),
});

/** Events sent to servers in turn, and lists asked of them, until it is over. */
class Load {
  readonly acknowledged = new Set<string>();
  lists = 0;
  /** The slowest list, in milliseconds. */
  slowest = 0;
  isOver = false;
  readonly #servers: readonly Running[];
  readonly #random: Random;

  constructor(servers: readonly Running[], random: Random) {
    this.#servers = servers;
    this.#random = random;
  }

  async run(): Promise<void> {
    const senders = Array.from({ length: SENDERS }, (_, i) => this.#send(`user-${i % 2}`, i));
    await Promise.all([...senders, ...this.#servers.map((server) => this.#ask(server))]);
  }

  async #send(userId: string, sender: number): Promise<void> {
    const server = this.#servers[sender % this.#servers.length];
    while (!this.isOver) {
      const count = 1 + this.#random.integer(MOST_EVENTS);
      const ids = Array.from({ length: count }, () => crypto.randomUUID());
      const status = await send(server, userId, ids);
      if (status === 202) { for (const id of ids) this.acknowledged.add(id); }
      else await sleep(20);
    }
  }

  async #ask(server: Running): Promise<void> {
    while (!this.isOver) {
      const started = performance.now();
      const { status, body } = await ask(server, `/recommend/user-${this.#random.integer(15)}?k=3`);
      assertEquals([status, body.items.length], [200, 3]);
      this.lists++;
      this.slowest = Math.max(this.slowest, performance.now() - started);
      await sleep(2);
    }
  }
}

async function assertDegraded(server: Running): Promise<void> {
  const { status, body } = await ask(server, "/readyz");
  assertEquals([status, body.status], [200, "degraded"]);
  assertEquals((await ask(server, "/recommend/user-1")).body.store, "unavailable");
  assertEquals(await send(server, "somebody", ["now"]), 503);
  const metrics = await (await fetch(`${server.url}/metrics`, { headers: AUTHORIZED })).text();
  assert(!metrics.includes("secret") && !metrics.includes("postgres"), metrics);
}

async function send(server: Running, userId: string, ids: readonly string[]): Promise<number> {
  const events = ids.map((eventId) => ({ eventId, userId, productId: "item-1", type: "view" }));
  const response = await fetch(`${server.url}/events`, {
    method: "POST",
    headers: AUTHORIZED,
    body: JSON.stringify(events),
  });
  await response.body?.cancel();
  return response.status;
}

async function ask({ url }: Running, path: string) {
  const response = await fetch(url + path, { headers: AUTHORIZED });
  return { status: response.status, body: await response.json() };
}
