import { MS_PER_DAY as DAY } from "../../../../src/base/time.ts";
import { Connections } from "../../../../src/service/store/postgres/connections.ts";
import { openPostgresStore } from "../../../../src/service/store/postgres/open_postgres_store.ts";
import { parseStoreUrl } from "../../../../src/service/store/postgres/store_url.ts";
import { StoreError } from "../../../../src/service/store/store_error.ts";
import { assert, assertEquals, assertRejects } from "../../../assert.ts";
import { type StoreKind, testContract } from "../contract.ts";
import { testExposures } from "../exposures_contract.ts";
import { startPostgres } from "./server.ts";

const server = await startPostgres();
Deno.test.afterAll(async () => await server?.[Symbol.asyncDispose]());

const KIND: StoreKind = {
  name: "PostgreSQL",
  isMissing: !server,
  async withPlace(run) {
    const url = await server?.createDatabase() ?? "";
    await run((options) => openPostgresStore({ url, ...options }));
  },
};
testContract(KIND);
testExposures(KIND);

/** Defines a test with an empty database, and a way to ask it anything. */
function test(name: string, run: (url: string, ask: Connections["ask"]) => Promise<void>): void {
  Deno.test({
    name,
    ignore: !server,
    async fn() {
      const url = await server?.createDatabase() ?? "";
      using connections = await Connections.open({
        address: parseStoreUrl(url),
        most: 1,
        timeout: 10,
      });
      await run(url, (statement, ...parameters) => connections.ask(statement, ...parameters));
    },
  });
}

const view = { userId: "ann", productId: "1", type: "view", time: 1 } as const;

test("a layout newer than the program is refused", async (url, ask) => {
  (await openPostgresStore({ url }))[Symbol.dispose]();
  await ask("UPDATE layout SET version = 99 WHERE version = 1");
  await assertRejects(
    () => openPostgresStore({ url }),
    StoreError,
    "its layout is 99, newer than this program's, 7",
  );
});

test("servers that start at the same time make the tables once", async (url, ask) => {
  const stores = await Promise.all(Array.from({ length: 5 }, () => openPostgresStore({ url })));
  for (const store of stores) store[Symbol.dispose]();
  assertEquals(await ask("SELECT json_agg(version)::text FROM layout"), [1, 2, 3, 4, 5, 6, 7]);
});

test("a week whose events have all expired is dropped as a whole", async (url, ask) => {
  let now = 70 * DAY;
  const options = { url, retentionDays: 10, now: () => now };
  const weeks = () =>
    ask(
      "SELECT json_agg(relname ORDER BY relname)::text FROM pg_class WHERE relispartition " +
        "AND relkind = 'r' AND relname LIKE 'events%'",
    );
  {
    using store = await openPostgresStore(options);
    await store.append([{ ...view, eventId: "a" }]);
    now += 7 * DAY;
    await store.append([{ ...view, userId: "bob", eventId: "b" }]);
    assertEquals(await weeks(), ["events_10", "events_11"]);
  }
  // The first week ends on day 77, the retention reaches back to day 78.
  now = 88 * DAY;
  using store = await openPostgresStore(options);
  assertEquals(await weeks(), ["events_11"]);
  assertEquals(await ask("SELECT count(*)::text FROM event_ids"), 0);
  assertEquals(await ask("SELECT count(*)::text FROM users"), 0);
  assertEquals((await store.append([{ ...view, eventId: "a" }])).stored, 1);
});

test("counts of past days are summed up, without changing them", async (url, ask) => {
  let now = DAY;
  const options = { url, now: () => now };
  {
    using store = await openPostgresStore(options);
    for (let i = 0; i < 5; i++) await store.append([{ ...view, userId: `${i}` }]);
    await store.forget("1");
    assertEquals(await ask("SELECT count(*)::text FROM tallies"), 6);
  }
  now = 2 * DAY;
  using store = await openPostgresStore(options);
  assertEquals(await ask("SELECT count(*)::text FROM tallies"), 1);
  assertEquals(await store.tallies(0), [{ productId: "1", type: "view", count: 4 }]);
});

test("a server without TLS is refused if the URL requires it", async (url) => {
  for (const mode of ["require", "verify-full"]) {
    const started = performance.now();
    await assertRejects(
      () =>
        openPostgresStore({
          url: `${url.replace("127.0.0.1", "localhost")}?sslmode=${mode}`,
          timeout: 2,
        }),
      StoreError,
      "Cannot open the store of events, postgres://localhost:",
    );
    assert(performance.now() - started < 10_000);
  }
});

test("the error of a server that can't be reached names it, without its password", async () => {
  const url = "postgres://shop:secret@127.0.0.1:9/shop";
  const error = await assertRejects(() => openPostgresStore({ url, timeout: 1 }), StoreError);
  assert(error.message.startsWith("Cannot open the store of events, postgres://127.0.0.1:9/shop:"));
  assert(!Deno.inspect(error).includes("secret"), Deno.inspect(error));
});
