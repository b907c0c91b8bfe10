import { keys } from "./entries/keys.ts";
import { whenUnlocked } from "./entries/when_unlocked.ts";

/** For how long deletions are collected before a purge, in milliseconds. */
const DELAY_MS = 3_600_000;

/** Of the file that a process locks while it purges. */
const LOCK_SUFFIX = "-purge";

/**
 * Removes what was deleted from a store's file. SQLite only marks the space as free, and the bytes
 * can be read there until others replace them; rewriting the file leaves them out. That is done in
 * a worker, in steps between which the service writes, and takes some disk space; so deletions are
 * collected for an hour. The store says whether a purge is due, so that the next process does what
 * one that was stopped didn't. Of several processes one purges.
 */
export class Purge implements Disposable {
  readonly #kv: Deno.Kv;
  readonly #path: string;
  readonly #delayMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #worker: Worker | undefined;
  #isEnded = false;

  /**
   * @param path The store's file.
   * @param delayMs Milliseconds from a deletion to the purge. Default 3,600,000; tests set less.
   */
  constructor(kv: Deno.Kv, path: string, delayMs = DELAY_MS) {
    this.#kv = kv;
    this.#path = path;
    this.#delayMs = delayMs;
  }

  /** Purges after the delay, if it is due then; once for all calls until then. */
  schedule(): void {
    if (this.#timer !== undefined || this.#isEnded) return;
    this.#timer = setTimeout(() => this.#run(), this.#delayMs);
    Deno.unrefTimer(this.#timer);
  }

  async #run(): Promise<void> {
    try {
      await this.#purge();
      this.#timer = undefined;
      // Something may have been deleted meanwhile.
      if (!this.#isEnded && (await this.#kv.get(keys.purge)).versionstamp !== null) {
        this.schedule();
      }
    } catch (error) {
      if (this.#isEnded) return;
      const { message } = error as Error;
      console.error(`Cannot purge deleted data from ${this.#path}: ${message}; it is tried again`);
      this.#timer = undefined;
      this.schedule();
    }
  }

  /** Purges if that is still due once no other process does. */
  async #purge(): Promise<void> {
    using lock = await Deno.open(this.#path + LOCK_SUFFIX, { create: true, write: true });
    await lock.lock(true);
    const due = await this.#kv.get(keys.purge);
    if (due.versionstamp === null) return;
    await this.#rewrite();
    const done = this.#kv.atomic().check(due).delete(keys.purge);
    await whenUnlocked(() => done.commit());
  }

  /** Resolves when the file is rewritten. */
  async #rewrite(): Promise<void> {
    const worker = new Worker(new URL("./purge_worker.ts", import.meta.url), { type: "module" });
    this.#worker = worker;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    worker.onmessage = ({ data: failure }: MessageEvent<string>) =>
      failure === "" ? resolve() : reject(new Error(failure));
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
    worker.postMessage(this.#path);
    try {
      await promise;
    } finally {
      worker.terminate();
      this.#worker = undefined;
    }
  }

  /** Ends a purge; the store remembers that it is due. */
  [Symbol.dispose](): void {
    this.#isEnded = true;
    clearTimeout(this.#timer);
    this.#worker?.terminate();
  }
}
