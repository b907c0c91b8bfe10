import { Retention } from "../entries/retention.ts";
import type { EventStore } from "../event_store.ts";
import { attemptOnStore } from "../store_error.ts";
import { Connections } from "./connections.ts";
import { Freshness } from "./freshness.ts";
import { migrate } from "./migrate.ts";
import { Partitions } from "./partitions.ts";
import { PostgresStore } from "./postgres_store.ts";
import { parseStoreUrl } from "./store_url.ts";
import { Upkeep } from "./upkeep.ts";

/** How a store in PostgreSQL is opened. */
export interface PostgresOptions {
  /** As {@linkcode parseStoreUrl} reads it. */
  readonly url: string;
  /** The most connections at the same time, beside one that watches for writes. Default 10. */
  readonly connections?: number;
  /** How long a call to the store may take, in seconds. Default 3. */
  readonly timeout?: number;
  /** For how many days events are kept. Default forever. */
  readonly retentionDays?: number;
  /** The clock, in milliseconds since 1970-01-01 UTC. Default `Date.now`; tests let days pass. */
  readonly now?: () => number;
}

/** Differs after every commit, and after a restart of the server. */
const SNAPSHOT = "SELECT to_json(concat(pg_current_snapshot(), pg_postmaster_start_time()))::text";

/**
 * Opens the store of events in PostgreSQL, and creates or updates its tables.
 *
 * @throws {InputError} If the URL breaks its rule.
 * @throws {StoreError} If it can't be used: the server doesn't answer or refuses, or the layout is
 *   newer.
 */
export async function openPostgresStore(
  { url, connections: most = 10, timeout = 3, retentionDays, now = Date.now }: PostgresOptions,
): Promise<EventStore> {
  const address = parseStoreUrl(url);
  return await attemptOnStore(`open the store of events, ${address.name}`, async () => {
    const connections = await Connections.open({ address, most, timeout });
    // On a connection of its own, which no other call keeps waiting.
    const watching = await Connections.open({ address, most: 1, timeout });
    const freshness = new Freshness(() => watching.ask<string>(SNAPSHOT));
    const retention = new Retention({ days: retentionDays, now });
    const partitions = new Partitions(connections);
    const upkeep = new Upkeep({ connections, partitions, retention, now });
    const store = new PostgresStore({
      ...{ connections, watching, freshness, partitions, upkeep, retention, now },
    });
    try {
      await reach(connections, address.hosts.length);
      await migrate(connections);
      await upkeep.start();
      await store.forgottenUsers();
      return store;
    } catch (error) {
      store[Symbol.dispose]();
      throw error;
    }
  });
}

/** A host that answers that it is starting up is no reason not to try the others. */
async function reach(connections: Connections, hosts: number): Promise<void> {
  for (let tried = 1;; tried++) {
    try {
      return await connections.ask("SELECT 1");
    } catch (error) {
      if (tried === hosts) throw error;
    }
  }
}
