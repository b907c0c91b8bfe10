import { InputError } from "../../base/input_error.ts";
import { Deadline } from "./deadline.ts";
import type { EventStore } from "./event_store.ts";
import { indexEvents } from "./entries/index_events.ts";
import { keys, SCHEMA_VERSION } from "./entries/keys.ts";
import { KvStore } from "./kv_store.ts";
import { limitCalls } from "./limit_calls.ts";
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
  /** How long a call to the store may take, in seconds. Default 3. */
  timeout?: number;
  /** Milliseconds from a deletion to the purge of the file. Default an hour; tests set less. */
  purgeDelayMs?: number;
  /** The clock, in milliseconds since 1970-01-01 UTC. Default `Date.now`; tests let days pass. */
  now?: () => number;
}

/** In seconds. */
const TIMEOUT = 3;

/** What messages call the store that has no path. */
const PLATFORM = "the platform's store";

/**
 * Opens the store of events, and creates it if missing.
 *
 * @throws {InputError} If Deno lets this program write elsewhere only.
 * @throws {StoreError} If it can't be used: there is no Deno KV, no permission of the system, or
 *   the layout is newer.
 */
export async function openEventStore(options: StoreOptions = {}): Promise<EventStore> {
  const { path: name = PLATFORM } = options;
  if (options.path !== undefined && isFile(options.path)) await requirePermission(options.path);
  return await attemptOnStore(`open the store of events, ${name}`, async () => {
    if (typeof Deno.openKv !== "function") {
      throw new StoreError(
        'Deno has no KV; deno.json must say "unstable": ["kv"]',
      );
    }
    const { path } = options;
    const isOnDisk = path !== undefined && isFile(path);
    if (isOnDisk) {
      await Deno.mkdir(folderOf(path), { recursive: true });
      await whenUnlocked(() => requireSound(path));
    }
    const deadline = new Deadline(options.timeout ?? TIMEOUT);
    const opened = await whenUnlocked(() => deadline.run(() => Deno.openKv(path)));
    deadline.probe = opened.get.bind(opened, keys.schema);
    const kv = limitCalls(opened, deadline);
    try {
      await requireSchema(kv);
      const { retentionDays, now = Date.now } = options;
      const { expireIn } = new Retention({ days: retentionDays, now });
      await indexEvents(kv, { now: now(), expireIn });
      const watched = isOnDisk ? await whenUnlocked(() => watchFile(path)) : undefined;
      const version = watched || path === ":memory:" ? new StoreVersion(watched) : undefined;
      const file = isOnDisk ? new StoreFile(path) : undefined;
      const purge = isOnDisk ? new Purge(kv, path, options.purgeDelayMs) : undefined;
      purge?.schedule();
      const store = new KvStore(kv, {
        ...{ name, retentionDays, now, version, file, purge, deadline },
        readVersions: watched?.readVersions,
      });
      await deleteOldTallies(kv, store.now());
      await store.forgottenUsers();
      return store;
    } catch (error) {
      deadline[Symbol.dispose]();
      kv.close();
      throw error;
    }
  });
}

/** Whether a path is neither in memory nor on another machine. */
function isFile(path: string): boolean {
  return path !== ":memory:" && !/^https?:/.test(path);
}

function folderOf(path: string): string {
  return path.replace(/[^/\\]*$/, "") || ".";
}

/** Checks before the store is opened, since waiting doesn't help: the command line decides. */
async function requirePermission(path: string): Promise<void> {
  for (const name of ["read", "write"] as const) {
    const { state } = await Deno.permissions.request({ name, path: folderOf(path) });
    if (state === "granted") continue;
    throw new InputError(
      `Cannot open the store of events, ${path}: this program has no permission to ${name} ` +
        "there. Set KV_PATH to a file in a folder that it may use " +
        '("deno task serve" may write to data only), ' +
        `or run it with --allow-${name}=${folderOf(path)}`,
    );
  }
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
