import type { EventStore } from "./store/event_store.ts";
import { openEventStore, type StoreOptions } from "./store/open_event_store.ts";
import { openPostgresStore, type PostgresOptions } from "./store/postgres/open_postgres_store.ts";

/** How a store is opened: in PostgreSQL if there is a URL, otherwise in Deno KV. */
export type AnyStoreOptions =
  & StoreOptions
  & Partial<Pick<PostgresOptions, "url" | "connections">>;

/**
 * Opens the store of events, and creates it if missing.
 *
 * @throws {InputError} If Deno lets this program write elsewhere only, or the URL breaks its rule.
 * @throws {StoreError} If it can't be used.
 */
export function openStore({ url, ...options }: AnyStoreOptions = {}): Promise<EventStore> {
  return url === undefined ? openEventStore(options) : openPostgresStore({ url, ...options });
}
