/** Three servers share a PostgreSQL: none answers with a list that lacks an acknowledged event. */
import { createRandom, type Random } from "../../../../src/linalg/random.ts";
import { assert, assertEquals } from "../../../assert.ts";
import {
  environmentIn,
  type Running,
  saveBlockArtifact,
  startServer,
} from "../../../running_server.ts";
import { withFolder } from "../../../temp_folder.ts";
import { API_TOKEN, AUTHORIZED } from "../../live_shop.ts";
import { startPostgres } from "./server.ts";

const SERVERS = 3;
const WRITERS = 4;
const WRITES = 15;
const SEED = Number(Deno.env.get("STORE_SEED") || 1);

const database = await startPostgres();
Deno.test.afterAll(async () => await database?.[Symbol.asyncDispose]());

Deno.test({
  name: "an acknowledged event is in the next list of every server",
  ignore: !database,
  fn: () =>
    withFolder(async (folder) => {
      await saveBlockArtifact(`${folder}/artifacts`);
      const env = {
        ...environmentIn(folder),
        API_TOKENS: API_TOKEN,
        STORE_URL: await database?.createDatabase() ?? "",
      };
      await using started = new AsyncDisposableStack();
      // At the same time, so that they create the tables together.
      const starting = Array.from({ length: SERVERS }, () => startServer(["src/main.ts"], { env }));
      const servers = (await Promise.all(starting)).map((server) => started.use(server));
      for (const server of servers) {
        assertEquals((await ask(server, "/readyz")).status, "ready");
      }
      const random = createRandom(SEED);
      const writers = Array.from({ length: WRITERS }, (_, i) => write(servers, `new-${i}`, random));
      await Promise.all(writers);
      // Most lists came from the caches, so that the test is one of these.
      const cached = await Promise.all(servers.map(cachedLists));
      assert(cached.every((lists) => lists > 100), `${cached} lists came from the caches`);
    }),
});

/** Stores events of a user at random servers; after each, every server's next list has it. */
async function write(servers: readonly Running[], userId: string, random: Random): Promise<void> {
  const list = `/recommend/${userId}?format=ids&k=100&exclude=seen`;
  const seen = new Set<string>();
  for (let n = 0; n < WRITES; n++) {
    if (seen.size === 15) {
      await ask(servers[random.integer(SERVERS)], `/users/${userId}`, "DELETE");
      seen.clear();
      for (const server of servers) assert((await ask(server, list)).includes("item-0"));
    }
    // So that each has it in its cache, for a while.
    for (let again = random.integer(8); again >= 0; again--) {
      await Promise.all(servers.map((server) => ask(server, list)));
    }
    const unseen = Array.from({ length: 15 }, (_, i) => `item-${i}`).filter((id) => !seen.has(id));
    const productId = unseen[random.integer(unseen.length)];
    const event = { userId, productId, type: "view" };
    const { accepted } = await ask(servers[random.integer(SERVERS)], "/events", "POST", event);
    assertEquals(accepted, 1);
    seen.add(productId);
    const lists = await Promise.all(servers.map((server) => ask(server, list)));
    for (const [server, ids] of lists.entries()) {
      assert(!ids.includes(productId), `server ${server} doesn't know event ${n} of ${userId}`);
    }
  }
}

async function cachedLists({ url }: Running): Promise<number> {
  const text = await (await fetch(`${url}/metrics`, { headers: AUTHORIZED })).text();
  return Number(/^recommender_lists_kept_total (\d+)/m.exec(text)?.[1]);
}

// deno-lint-ignore no-explicit-any
async function ask({ url }: Running, path: string, method = "GET", body?: object): Promise<any> {
  const sent = { method, headers: AUTHORIZED, ...(body && { body: JSON.stringify(body) }) };
  const response = await fetch(url + path, sent);
  const answer = await response.json();
  assertEquals(response.ok, true, JSON.stringify(answer));
  return answer;
}
