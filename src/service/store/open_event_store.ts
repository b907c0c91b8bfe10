import { EventStore } from "./event_store.ts";
import { indexEvents } from "./entries/index_events.ts";
import { keys, SCHEMA_VERSION } from "./entries/keys.ts";
import { Purge } from "./purge.ts";
import { Retention } from "./entries/retention.ts";
import { attemptOnStore, StoreError } from "./store_error.ts";
import { requireSound, StoreFile } from "./store_file.ts";
import { StoreVersion, watchFile } from "./store_version.ts";
import { deleteOldTallies } from "./entries/tallies.ts";
import { whenUnlocked } from "./entries/when_unlocked.ts";

/** How a store is opened. */
export interface StoreOptions {
  /**
   * A file, created with its folder if missing. Default the platform's own store, as on Deno
   * Deploy.
   */
  path?: string;
  /** For how many days events are kept. Default forever. */
  retentionDays?: number;
  /** Milliseconds from a deletion to the purge of the file. Default an hour; tests set less. */
  purgeDelayMs?: number;
  /** The clock, in milliseconds since 1970-01-01 UTC. Default `Date.now`; tests let days pass. */
  now?: () => number;
}

/** What messages call the store that has no path. */
const PLATFORM = "the platform's store";

/**
 * Opens the store of events, and creates it if missing.
 *
 * @throws {StoreError} If it can't be used: there is no Deno KV, no permission, or the layout is
 *   newer.
 */
export async function openEventStore(options: StoreOptions = {}): Promise<EventStore> {
  const { path: name = PLATFORM } = options;
  return await attemptOnStore(`open the store of events, ${name}`, async () => {
    if (typeof Deno.openKv !== "function") {
      throw new StoreError(
        'Deno has no KV; deno.json must say "unstable": ["kv"]',
      );
    }
    const { path } = options;
    const isOnDisk = path !== undefined && isFile(path);
    if (isOnDisk) {
      await Deno.mkdir(path.replace(/[^/\\]*$/, "") || ".", { recursive: true });
      await whenUnlocked(() => requireSound(path));
    }
    const kv = await whenUnlocked(() => Deno.openKv(path));
    try {
      await requireSchema(kv);
      const { retentionDays, now = Date.now } = options;
      const { expireIn } = new Retention({ days: retentionDays, now });
      await indexEvents(kv, { now: now(), expireIn });
      const version = isOnDisk
        ? new StoreVersion(await whenUnlocked(() => watchFile(path)))
        : path === ":memory:"
        ? new StoreVersion()
        : undefined;
      const file = isOnDisk ? new StoreFile(path) : undefined;
      const purge = isOnDisk ? new Purge(kv, path, options.purgeDelayMs) : undefined;
      purge?.schedule();
      const store = new EventStore(kv, { name, retentionDays, now, version, file, purge });
      await deleteOldTallies(kv, store.now());
      await store.forgottenUsers();
      return store;
    } catch (error) {
      kv.close();
      throw error;
    }
  });
}

/** Whether a path is neither in memory nor on another machine. */
function isFile(path: string): boolean {
  return path !== ":memory:" && !/^https?:/.test(path);
}

async function requireSchema(kv: Deno.Kv): Promise<void> {
  const first = kv.atomic()
    .check({ key: keys.schema, versionstamp: null })
    .set(keys.schema, SCHEMA_VERSION);
  await whenUnlocked(() => first.commit());
  const { value } = await kv.get<number>(keys.schema);
  if (value === SCHEMA_VERSION) return;
  throw new StoreError(
    `its layout is ${value}, not ${SCHEMA_VERSION}; ` +
      "use the program that created it, or another file with KV_PATH",
  );
}
