import type { EventStore } from "./store/event_store.ts";
import { openEventStore, type StoreOptions } from "./store/open_event_store.ts";
import type { PostgresOptions } from "./store/postgres/open_postgres_store.ts";

/** How a store is opened: in PostgreSQL if there is a URL, otherwise in Deno KV. */
export type AnyStoreOptions =
  & StoreOptions
  & Partial<Pick<PostgresOptions, "url" | "connections">>;

/** No literal in `import`, so that a start without PostgreSQL doesn't read these modules. */
const POSTGRES = import.meta.resolve("./store/postgres/open_postgres_store.ts");

/**
 * Opens the store of events, and creates it if missing.
 *
 * @throws {InputError} If Deno lets this program write elsewhere only, or the URL breaks its rule.
 * @throws {StoreError} If it can't be used.
 */
export async function openStore({ url, ...options }: AnyStoreOptions = {}): Promise<EventStore> {
  if (url === undefined) return await openEventStore(options);
  const { openPostgresStore } = await importPostgres();
  return await openPostgresStore({ url, ...options });
}

function importPostgres(): Promise<typeof import("./store/postgres/open_postgres_store.ts")> {
  return import(POSTGRES);
}
