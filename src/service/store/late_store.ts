import { type EventStore, openEventStore, type StoreOptions } from "./event_store.ts";
import { StoreError } from "./store_error.ts";

const RETRY_MS = 30_000;

/**
 * The store of a service that begins without it where it can't be opened, since the shop's pages need lists more
 * than the store: a disk that isn't there yet, or whose permissions are wrong.
 */
export class LateStore implements Disposable {
  #store: EventStore | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #isEnded = false;
  /** Called when the store opens that couldn't be opened at first. */
  onLate: ((store: EventStore) => void) | undefined;

  /** The store, once it is open. */
  get store(): EventStore | undefined {
    return this.#store;
  }

  /**
   * Opens the store; where that fails it says so on standard error, and tries again until it opens or isn't wanted
   * any more.
   *
   * @param retryMs After how many milliseconds. Default 30,000.
   */
  static async open(
    options: StoreOptions | undefined,
    { retryMs = RETRY_MS }: { retryMs?: number } = {},
  ): Promise<LateStore> {
    const late = new LateStore();
    try {
      late.#store = await openEventStore(options);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      console.error(
        `${error.message}; lists are made from the artifact alone until it can be opened`,
      );
      late.#timer = setInterval(() => late.#openAgain(options), retryMs);
    }
    return late;
  }

  async #openAgain(options: StoreOptions | undefined): Promise<void> {
    try {
      const store = await openEventStore(options);
      if (this.#isEnded || this.#store) return store[Symbol.dispose]();
      clearInterval(this.#timer);
      this.#store = store;
      this.onLate?.(store);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
    }
  }

  /** Closes the store, or waits for it no longer. */
  [Symbol.dispose](): void {
    this.#isEnded = true;
    clearInterval(this.#timer);
    this.#store?.[Symbol.dispose]();
  }
}
