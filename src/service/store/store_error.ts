/** What a {@linkcode StoreError} is made with. */
export interface StoreErrorOptions extends ErrorOptions {
  /** Why, for anyone to read: names no file, address or user. Default taken from the cause. */
  readonly reason?: string;
}

/**
 * The store can't be used: it is missing, not permitted, full, damaged, silent, or has a layout
 * that this program doesn't know.
 */
export class StoreError extends Error {
  override readonly name = "StoreError";
  /** Why, for anyone to read; absent if only the message says it. */
  readonly reason: string | undefined;

  constructor(message: string, { reason, ...options }: StoreErrorOptions = {}) {
    super(message, options);
    const { cause } = options;
    this.reason = reason ?? (cause instanceof StoreError ? cause.reason : undefined);
  }
}

/**
 * Runs an operation on the store and turns its failures into {@linkcode StoreError}s.
 *
 * @param attempt What is attempted, for example `store events in data/store.kv`.
 * @throws {StoreError} With the failure as its cause.
 */
export async function attemptOnStore<T>(attempt: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw storeError(attempt, error as Error);
  }
}

/** The error of a failed attempt; one that names its attempt already stays as it is. */
export function storeError(attempt: string, error: Error): StoreError {
  if (error instanceof StoreError && error.message.startsWith("Cannot ")) return error;
  return new StoreError(`Cannot ${attempt}: ${error.message}`, { cause: error });
}
