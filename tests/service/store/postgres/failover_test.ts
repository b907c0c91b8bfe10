/** A primary fails and its standby is promoted; both are in the URL. */
import { sleep } from "../../../../src/base/time.ts";
import type { EventStore } from "../../../../src/service/store/event_store.ts";
import { openPostgresStore } from "../../../../src/service/store/postgres/open_postgres_store.ts";
import { StoreError } from "../../../../src/service/store/store_error.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { startPostgres } from "./server.ts";

const primary = await startPostgres({ isDurable: true });
const url = await primary?.createDatabase();
const standby = primary && await startPostgres({ isDurable: true, standbyOf: primary });
Deno.test.afterAll(async () => {
  await standby?.[Symbol.asyncDispose]();
  await primary?.[Symbol.asyncDispose]();
});

/** How long the store may take to find the new primary, in milliseconds. */
const RECOVERY_MS = 10_000;

async function append(store: EventStore, product: number): Promise<void> {
  await store.append([{
    ...{ userId: "ann", productId: `${product}`, type: "view", time: 1000 + product },
    eventId: `${product}`,
  }]);
}

Deno.test({
  name: "after the standby's promotion events are stored there, with all that was acknowledged",
  ignore: !standby,
  async fn() {
    if (!primary || !standby || url === undefined) return;
    // What is acknowledged is on both.
    await primary.run("ALTER SYSTEM SET synchronous_standby_names = '*'");
    await primary.run("SELECT pg_reload_conf()");
    // The standby first: it refuses writes, so that it isn't used before its promotion.
    const hosts = `127.0.0.1:${standby.port},127.0.0.1:${primary.port}`;
    using store = await openPostgresStore({
      url: url.replace(`127.0.0.1:${primary.port}`, hosts),
      timeout: 1,
    });
    for (let product = 0; product < 20; product++) await append(store, product);
    await primary.kill();
    let failure: unknown;
    await append(store, 20).catch((error) => failure = error);
    assert(failure instanceof StoreError);

    await standby.run("ALTER SYSTEM SET synchronous_standby_names = ''");
    await standby.run("SELECT pg_promote()");
    const deadline = performance.now() + RECOVERY_MS;
    while (performance.now() < deadline) {
      const isStored = await append(store, 21).then(() => true, () => false);
      if (isStored) break;
      await sleep(50);
    }
    const products = (await store.eventsOf("ann")).map(({ productId }) => Number(productId));
    assertEquals(products.filter((product) => product !== 20), [
      ...Array.from({ length: 20 }, (_, product) => product),
      21,
    ]);
  },
});
