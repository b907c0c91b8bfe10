import type { StatementSync } from "node:sqlite";
import { sleep } from "../../base/time.ts";

/** For so long it isn't asked again whether another program wrote, in milliseconds: asking takes 2.5 microseconds. */
const CHECK_EVERY_MS = 0.5;

/**
 * Tells whether anything was written to the store, without reading what: a number that changes after every write.
 *
 * What this program writes shows at once. What another one writes shows once that is told to anybody: who writes says
 * that it is done only when nobody goes by what was so before any more, which is what a lease is for (Gray and
 * Cheriton 1989).
 */
export class StoreVersion implements Disposable {
  readonly #file: WatchedFile | undefined;
  #version = 0;
  #ofFile = -1;
  #checked = -Infinity;

  /** @param file What other programs may write to; default nothing. */
  constructor(file?: WatchedFile) {
    this.#file = file;
  }

  /**
   * The number of the moment.
   *
   * @param now As `performance.now` tells it, for whoever asked that already.
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

  /** This program wrote something. Resolves when all others that watch the file show it; only then tell anybody. */
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

/** A store's file that other programs may write to. */
export interface WatchedFile extends Disposable {
  /** A number that changes with every write that is on disk. */
  version(): number;
}

/** What Deno has and its types lack: rows as arrays, in half the time. */
interface ArrayRows {
  setReturnArrays(isOn: boolean): void;
}

/**
 * Watches a file of SQLite's, which Deno KV keeps its data in, by a connection of its own: SQLite counts up
 * `data_version` for it with whatever others commit.
 *
 * @param path Of a file that is there.
 */
export async function watchFile(path: string): Promise<WatchedFile> {
  // Only who keeps a file needs it.
  const { DatabaseSync } = await import("node:sqlite");
  const database = new DatabaseSync(path, { readOnly: true });
  const statement = database.prepare("PRAGMA data_version") as StatementSync & ArrayRows;
  statement.setReturnArrays(true);
  return {
    version: () => Number(statement.get()?.[0]),
    [Symbol.dispose]: () => database.close(),
  };
}
