import { sleep } from "../../base/time.ts";
import { prepareArrays, type ReadVersions, versionReader } from "./entries/key_versions.ts";

/**
 * How long a check for other processes' writes is reused, in milliseconds; a check takes 2.5
 * microseconds.
 */
const CHECK_EVERY_MS = 0.5;

/**
 * A number that changes after every write to the store, so that a cache is checked without reading
 * the store.
 *
 * Writes of this process change it immediately. Those of another process change it by the time that
 * the other acknowledges them: each write waits until no process can still reuse an earlier check,
 * as with a lease (Gray and Cheriton 1989).
 */
export class StoreVersion implements Disposable {
  readonly #file: WatchedFile | undefined;
  #version = 0;
  #ofFile = -1;
  #checked = -Infinity;

  /** @param file The file that other processes may write to. Default none. */
  constructor(file?: WatchedFile) {
    this.#file = file;
  }

  /**
   * The current number.
   *
   * @param now The time on the clock of `performance.now`, if it is known already.
   */
  current(now = performance.now()): number {
    if (!this.#file) return this.#version;
    if (now - this.#checked < CHECK_EVERY_MS) return this.#version;
    this.#checked = now;
    const ofFile = this.#file.version();
    if (ofFile !== this.#ofFile) {
      this.#ofFile = ofFile;
      this.#version++;
    }
    return this.#version;
  }

  /**
   * Records a write of this process. Resolves when all other processes that watch the file see it;
   * acknowledge the write only then.
   */
  async wrote(): Promise<void> {
    this.#version++;
    this.#checked = -Infinity;
    if (!this.#file) return;
    const seen = performance.now() + CHECK_EVERY_MS;
    while (performance.now() < seen) await sleep(1);
  }

  [Symbol.dispose](): void {
    this.#file?.[Symbol.dispose]();
  }
}

/** A store's file that other processes may write to. */
export interface WatchedFile extends Disposable {
  /** A number that changes with every committed write. */
  version(): number;
}

/** A file that is a Deno KV. */
export interface WatchedStore extends WatchedFile {
  readonly readVersions: ReadVersions;
}

/**
 * Watches the SQLite file of a Deno KV on a connection of its own, whose `data_version` SQLite
 * increments with every commit of other connections.
 *
 * @param path An existing file.
 */
export async function watchFile(path: string): Promise<WatchedStore> {
  // Loaded only for stores in files.
  const { DatabaseSync } = await import("node:sqlite");
  const database = new DatabaseSync(path, { readOnly: true });
  const statement = prepareArrays(database, "PRAGMA data_version");
  return {
    version: () => Number(statement.get()?.[0]),
    readVersions: versionReader(database),
    [Symbol.dispose]: () => database.close(),
  };
}
