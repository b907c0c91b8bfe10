import { StoreError } from "./store_error.ts";

/** SQLite's write-ahead log and its index, which lie beside the file while it is open. */
const SUFFIXES = ["", "-wal", "-shm"];

/**
 * The files of an open store. SQLite goes on writing to files that were removed or replaced, and
 * what it writes there is lost with the process.
 */
export class StoreFile {
  readonly #path: string;
  readonly #identities: readonly (string | undefined)[];

  /** @param path The file of a store that is open. */
  constructor(path: string) {
    this.#path = path;
    this.#identities = SUFFIXES.map((suffix) => identityOf(path + suffix));
  }

  /**
   * @throws {StoreError} If any of the files was removed or replaced since the store was opened.
   */
  requireInPlace(): void {
    for (let i = 0; i < SUFFIXES.length; i++) {
      const path = this.#path + SUFFIXES[i];
      if (this.#identities[i] === undefined || this.#identities[i] === identityOf(path)) continue;
      throw new StoreError(
        `${path} was removed or replaced while it was in use; put it back, or restart the service`,
      );
    }
  }
}

/** Identifies a file whatever its name; undefined if there is none. */
function identityOf(path: string): string | undefined {
  try {
    const { dev, ino } = Deno.statSync(path);
    return `${dev} ${ino}`;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** What checks found, by path: the state of the file, and what is wrong with it, if anything. */
const checked = new Map<string, { readonly state: string; readonly fault?: string }>();

/**
 * Checks the pages of a store before Deno opens it: Deno itself ends the process when it comes
 * across a damaged one. Reads the whole file, at more than half a gigabyte a second if it is in
 * memory; a file that hasn't changed since the last check isn't read again.
 *
 * @param path May be missing.
 * @throws {StoreError} If a page is damaged.
 */
export async function requireSound(path: string): Promise<void> {
  if (identityOf(path) === undefined) return;
  const { mtime, size } = await Deno.stat(path);
  const state = `${identityOf(path)} ${mtime?.getTime()} ${size}`;
  const known = checked.get(path);
  const fault = known?.state === state ? known.fault : await findFault(path);
  checked.set(path, { state, fault });
  if (fault === undefined) return;
  throw new StoreError(`it is damaged (${fault}); restore a backup, or move it away`);
}

async function findFault(path: string): Promise<string | undefined> {
  // Loaded only for stores in files.
  const { DatabaseSync } = await import("node:sqlite");
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const [result] = database.prepare("PRAGMA quick_check(1)").all();
    if (result?.quick_check === "ok") return undefined;
    return String(result?.quick_check).replaceAll(/\s*\n\s*/g, " ");
  } finally {
    database.close();
  }
}
