import type { Exposure } from "../../experiments/exposures/exposure.ts";
import type { EventStore } from "../store/event_store.ts";
import { StoreError } from "../store/store_error.ts";

/** How long lists are collected before they are stored, in milliseconds. */
const DELAY_MS = 100;

/** As many lists are stored at once. */
const MOST_AT_ONCE = 1000;

/** As many lists wait at most while the store is slower than they come. */
const MOST_WAITING = 10_000;

/** What becomes of lists that can't be stored. */
export interface WriterOptions {
  /** Called with how many lists were lost, and why. */
  readonly onLost: (lists: number, error?: StoreError) => void;
}

/**
 * Stores lists that count as shown because they were fetched. Nobody waits for it: lists are
 * collected for a moment and stored together, and those of a moment are lost with the process.
 */
export class ExposureWriter implements AsyncDisposable {
  readonly #store: EventStore;
  readonly #options: WriterOptions;
  #waiting: Exposure[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(store: EventStore, options: WriterOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** Stores a list soon. */
  add(exposure: Exposure): void {
    if (this.#waiting.length === MOST_WAITING) return this.#options.onLost(1);
    this.#waiting.push(exposure);
    this.#timer ??= setTimeout(() => this.#writing = this.flush(), DELAY_MS);
  }

  /** Stores what is waiting. */
  async flush(): Promise<void> {
    await this.#writing;
    try {
      while (this.#waiting.length > 0) {
        const batch = this.#waiting.splice(0, MOST_AT_ONCE);
        await this.#write(batch);
      }
    } finally {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    }
  }

  async #write(batch: readonly Exposure[]): Promise<void> {
    try {
      await this.#store.recordExposures(batch);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.#options.onLost(batch.length, error);
    }
  }

  /** Stores what is waiting; add nothing afterwards. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer);
    await this.flush();
  }
}
