/**
 * The store can't be used: it is missing, not permitted, full, or has a layout that this program
 * doesn't know.
 */
export class StoreError extends Error {
  override readonly name = "StoreError";
}

/**
 * Runs an operation on the store and turns its failures into {@linkcode StoreError}s.
 *
 * @param attempt What is attempted, for example `store events`.
 * @throws {StoreError} With the failure as its cause.
 */
export async function attemptOnStore<T>(attempt: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(`Cannot ${attempt}: ${(error as Error).message}`, { cause: error });
  }
}
