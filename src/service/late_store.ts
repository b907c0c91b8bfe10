import type { EventStore } from "./store/event_store.ts";
import { type AnyStoreOptions, openStore } from "./open_store.ts";
import { StoreError } from "./store/store_error.ts";

const RETRY_MS = 30_000;

/**
 * The store of a service that starts even if the store can't be opened, because its disk isn't
 * mounted yet or has wrong permissions: the shop's pages need lists more than the store.
 */
export class LateStore implements Disposable {
  #store: EventStore | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #isEnded = false;
  /** Called when a store opens that couldn't be opened at first. */
  onLate: ((store: EventStore) => void) | undefined;

  /** The store, once it is open. */
  get store(): EventStore | undefined {
    return this.#store;
  }

  /**
   * Opens the store. If that fails it says so on standard error and retries until the store opens
   * or this is disposed of.
   *
   * @throws {InputError} If Deno lets this program write elsewhere only.
   * @param retryMs Milliseconds between attempts. Default 30,000; tests set less.
   */
  static async open(
    options: AnyStoreOptions | undefined,
    { retryMs = RETRY_MS }: { retryMs?: number } = {},
  ): Promise<LateStore> {
    const late = new LateStore();
    try {
      late.#store = await openStore(options);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      console.error(
        `${error.message}; lists are made from the artifact alone until it can be opened`,
      );
      late.#timer = setInterval(() => late.#openAgain(options), retryMs);
    }
    return late;
  }

  async #openAgain(options: AnyStoreOptions | undefined): Promise<void> {
    try {
      const store = await openStore(options);
      if (this.#isEnded || this.#store) return store[Symbol.dispose]();
      clearInterval(this.#timer);
      this.#store = store;
      this.onLate?.(store);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
    }
  }

  /** Closes the store, or stops trying to open it. */
  [Symbol.dispose](): void {
    this.#isEnded = true;
    clearInterval(this.#timer);
    this.#store?.[Symbol.dispose]();
  }
}
