/** `deno task consume` on a real broker; `deno task test:spark` installs one. */
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { runToEnd } from "../running_server.ts";
import { startPostgres } from "../service/store/postgres/server.ts";
import { jars, startKafka, type TestBroker } from "./kafka_server.ts";
import { sleep } from "../../src/base/time.ts";
import { openStore } from "../../src/service/open_store.ts";
import type { EventStore } from "../../src/service/store/event_store.ts";

const needsKafka = { ignore: jars === undefined };

const PARTITIONS = 3;
const USERS = 7;
const PATIENCE_MS = 60_000;

/** Events without ids, so that only the offsets keep them from being stored twice. */
function viewsFrom(first: number, count: number): string[] {
  return Array.from(
    { length: count },
    (_, i) =>
      JSON.stringify({
        userId: `u${(first + i) % USERS}`,
        productId: `${first + i}`,
        type: "view",
      }),
  );
}

/** The consumer as a process of its own, until it is killed. */
function startConsumer(broker: TestBroker, folder: string, env: Record<string, string>) {
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", "scripts/consume.ts", "--brokers", broker.address],
      ...["--topic", "events", "--dead-letters", `${folder}/dead.ndjson`],
    ],
    env,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
}

async function storedProducts(store: EventStore): Promise<number[]> {
  const products: number[] = [];
  for await (const { productId } of store.events()) products.push(Number(productId));
  return products.sort((a, b) => a - b);
}

async function waitFor(store: EventStore, count: number): Promise<number[]> {
  const deadline = performance.now() + PATIENCE_MS;
  while (true) {
    const products = await storedProducts(store);
    if (products.length >= count || performance.now() > deadline) return products;
    await sleep(100);
  }
}

/** @param kills How often the consumer is killed. */
async function surviveKills(
  folder: string,
  { kills, ...env }: { kills: number; KV_PATH?: string; STORE_URL?: string },
): Promise<void> {
  await using broker = await startKafka();
  await broker.createTopic("events", PARTITIONS);
  using store = await openStore({ path: env.KV_PATH, url: env.STORE_URL });
  let sent = 0;
  const send = async (count: number) => {
    await broker.send("events", PARTITIONS, viewsFrom(sent, count));
    sent += count;
  };
  await send(2000);
  for (let kill = 0; kill < kills; kill++) {
    const consumer = startConsumer(broker, folder, env);
    // Killed at any point of storing: as soon as more is stored than before.
    const before = (await storedProducts(store)).length;
    await waitFor(store, before + 1);
    await sleep(40 * kill);
    consumer.kill("SIGKILL");
    await consumer.status;
    await send(2000);
  }
  const consumer = startConsumer(broker, folder, env);
  try {
    await waitFor(store, sent / 2);
    await broker.kill();
    await sleep(500);
    await broker.start();
    await send(500);
    const expected = Array.from({ length: sent }, (_, i) => i);
    assertEquals(await waitFor(store, sent), expected);
    // What came twice would come by then.
    await sleep(500);
    assertEquals(await storedProducts(store), expected);
  } finally {
    consumer.kill("SIGTERM");
    assertEquals((await consumer.status).code, 0);
  }
}

async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test(
  "each event is in Deno KV once, through kill -9 of consumers and of the broker",
  needsKafka,
  () => withFolder((folder) => surviveKills(folder, { kills: 3, KV_PATH: `${folder}/store.kv` })),
);

Deno.test(
  "each event is in PostgreSQL once, through kill -9 of consumers and of the broker",
  needsKafka,
  () =>
    withFolder(async (folder) => {
      await using postgres = await startPostgres();
      if (!postgres) return;
      await surviveKills(folder, { kills: 1, STORE_URL: await postgres.createDatabase() });
    }),
);

Deno.test("login without a password is refused before anything is read", async () => {
  const { code, stderr } = await runToEnd([
    ...["scripts/consume.ts", "--brokers", "127.0.0.1:1", "--topic", "t", "--sasl", "PLAIN"],
  ]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "--sasl needs the environment variable KAFKA_USERNAME");
});
