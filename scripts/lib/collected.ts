import { InputError } from "../../src/base/input_error.ts";
import { writeAll } from "../../src/base/write_all.ts";
import { storeFromEnvironment } from "../../src/service/settings_from_environment.ts";
import { collectedCsv } from "../../src/service/store/collected_csv.ts";
import type { EventStore } from "../../src/service/store/event_store.ts";
import { openStore } from "../../src/service/open_store.ts";
import { StoreError } from "../../src/service/store/store_error.ts";
import { STORE_FILE } from "./serving.ts";

/** What training takes from a service's store; disposing of it removes the temporary file. */
export interface Collected extends AsyncDisposable {
  /** The collected events as a CSV file; empty if there are none or they weren't requested. */
  readonly files: readonly string[];
  /** Deleted users, and when they were deleted, in milliseconds since 1970-01-01 UTC. */
  readonly forgotten: ReadonlyMap<string, number>;
}

/**
 * Reads the deleted users from the service's store, if there is one, and with `events` also the
 * collected events.
 *
 * @throws {InputError} If `events` is set and there is no store, or if the store can't be read.
 */
export async function readCollected({ events = false }: { events?: boolean }): Promise<Collected> {
  const options = storeFromEnvironment(STORE_FILE);
  if (options.url === undefined && !await exists(options.path)) {
    if (!events) return { files: [], forgotten: new Map(), [Symbol.asyncDispose]: async () => {} };
    throw new InputError(
      `Cannot train on collected events: there is no store at ${options.path}; start the service ` +
        "and POST /events first, or set KV_PATH to the store",
    );
  }
  try {
    using store = await openStore(options);
    const forgotten = await store.forgottenUsers();
    const file = events ? await writeEvents(store) : undefined;
    return {
      files: file === undefined ? [] : [file],
      forgotten,
      async [Symbol.asyncDispose]() {
        if (file !== undefined) await Deno.remove(file);
      },
    };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new InputError(`Cannot train: ${error.message}`, { cause: error });
  }
}

/**
 * Whether there is a store to read: a file that exists, or a remote store. One in memory is always
 * empty.
 */
async function exists(path: string | undefined): Promise<boolean> {
  if (path === ":memory:") return false;
  if (path === undefined || /^https?:/.test(path)) return true;
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** @returns The file; undefined if there are no events. */
async function writeEvents(store: EventStore): Promise<string | undefined> {
  const { products } = await store.productChanges();
  const path = await Deno.makeTempFile({ prefix: "collected-", suffix: ".csv" });
  using file = await Deno.open(path, { write: true });
  const encoder = new TextEncoder();
  let pieces = 0;
  for await (const piece of collectedCsv(store.events(), (id) => products.get(id))) {
    await writeAll(file, encoder.encode(piece));
    pieces++;
  }
  if (pieces > 1) return path;
  await Deno.remove(path);
}
