import { InputError } from "../../src/base/input_error.ts";
import { writeAll } from "../../src/base/write_all.ts";
import { storeFromEnvironment } from "../../src/service/settings_from_environment.ts";
import { collectedCsv } from "../../src/service/store/collected_csv.ts";
import { type EventStore, openEventStore } from "../../src/service/store/event_store.ts";
import { StoreError } from "../../src/service/store/store_error.ts";
import { STORE_FILE } from "./serving.ts";

/** What a service's store has to say to a training; disposing of it removes its file. */
export interface Collected extends AsyncDisposable {
  /** The events that came in, as a CSV file; none if there are none or they aren't wanted. */
  readonly files: readonly string[];
  /** Who was forgotten, and when: milliseconds since 1970-01-01 UTC. */
  readonly forgotten: ReadonlyMap<string, number>;
}

/**
 * Asks the service's store, where there is one, who was forgotten, and what came in.
 *
 * @param options `events`: whether to take the events as well.
 * @throws {InputError} If the events are wanted and there is no store, or the store can't be read.
 */
export async function readCollected({ events = false } = {}): Promise<Collected> {
  const options = storeFromEnvironment(STORE_FILE);
  if (!await isThere(options.path)) {
    if (!events) return { files: [], forgotten: new Map(), [Symbol.asyncDispose]: async () => {} };
    throw new InputError(
      `Cannot train on collected events: there is no store at ${options.path}; serve and POST /events ` +
        "first, or say with KV_PATH where it is",
    );
  }
  try {
    using store = await openEventStore(options);
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

/** A store that is no file is asked in any case, but for one in memory, which is always empty. */
async function isThere(path: string | undefined): Promise<boolean> {
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

/** @returns Nothing if nothing came in. */
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
