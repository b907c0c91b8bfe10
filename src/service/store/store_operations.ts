import { keys } from "./entries/keys.ts";
import { attemptOnStore, StoreError } from "./store_error.ts";
import type { StoreFile } from "./store_file.ts";
import type { StoreVersion } from "./store_version.ts";
import { whenUnlocked } from "./entries/when_unlocked.ts";

/** What belongs to a store besides its entries. */
export interface StoreParts {
  /** What messages call it. */
  readonly name: string;
  /** The file's identity, if it is one. */
  readonly file?: StoreFile;
  /** Absent if writes of other processes can't be watched. */
  readonly version?: StoreVersion;
}

/** For how long a check of the store, or a failed write, says whether it can be written. */
const PROBE_MS = 10_000;
/** In bytes, near the most that a value may have: a probe that fits leaves room for an event. */
const PROBE_BYTES = 60_000;

/** Runs operations on a store, and knows from them whether it can be written. */
export class StoreOperations {
  readonly #kv: Deno.Kv;
  readonly #parts: StoreParts;
  /** The latest write, on the clock of `performance.now`. */
  #wroteAt = -Infinity;
  #failure: { readonly error: StoreError; readonly at: number } | undefined;
  #probing: Promise<void> | undefined;

  constructor(kv: Deno.Kv, parts: StoreParts) {
    this.#kv = kv;
    this.#parts = parts;
  }

  /** @param attempt What is attempted, for example `read products`. */
  attempt<T>(attempt: string, run: () => Promise<T>): Promise<T> {
    return attemptOnStore(`${attempt} in ${this.#parts.name}`, run);
  }

  /**
   * Runs a write. It counts as one even if it fails, since a part may have been written. Fails if
   * the file isn't where it was, since what is written then is lost with the process.
   */
  async write<T>(attempt: string, run: () => Promise<T>): Promise<T> {
    const { file, version } = this.#parts;
    try {
      const result = await this.attempt(attempt, async () => {
        file?.requireInPlace();
        const result = await run();
        file?.requireInPlace();
        return result;
      });
      this.#wroteAt = performance.now();
      this.#failure = undefined;
      return result;
    } catch (error) {
      if (error instanceof StoreError) this.#failure = { error, at: performance.now() };
      throw error;
    } finally {
      await version?.wrote();
    }
  }

  /**
   * Checks that the store can be read and, if it is a file, written. It is written at most every
   * ten seconds, so that anyone may ask; a failed write counts until another one succeeds or that
   * time is over.
   */
  async check(): Promise<void> {
    const { file } = this.#parts;
    await this.attempt("reach the store of events", async () => {
      await this.#kv.get(keys.schema);
      file?.requireInPlace();
    });
    if (!file) return;
    const now = performance.now();
    if (this.#failure && now - this.#failure.at < PROBE_MS) throw this.#failure.error;
    if (now - this.#wroteAt < PROBE_MS) return;
    this.#probing ??= this.write("write", () => this.#probe())
      .finally(() => this.#probing = undefined);
    await this.#probing;
  }

  async #probe(): Promise<void> {
    await whenUnlocked(() => this.#kv.set(keys.probe, new Uint8Array(PROBE_BYTES)));
  }
}
