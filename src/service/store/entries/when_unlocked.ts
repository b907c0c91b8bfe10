import { retry } from "../../../base/std/async.ts";

/**
 * SQLite's error while another process writes; nothing of the transaction has been written then.
 */
const LOCKED = "database is locked";

const GIVE_UP_MS = 5000;

/**
 * Pauses between attempts, in milliseconds: random, so that processes that collided don't collide
 * again.
 */
const PAUSES = { minTimeout: 2, maxTimeout: 40, jitter: 2 / 3 };

/**
 * Writes to a store that other processes write to as well. Retries for five seconds while one of
 * them holds the lock: SQLite itself fails immediately if the transaction has read what another
 * process has changed since.
 *
 * @param write One transaction, committed as a whole or not at all.
 */
export function whenUnlocked<T>(write: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const isRetriable = (error: unknown) =>
    error instanceof Error && error.message.includes(LOCKED) &&
    performance.now() - started <= GIVE_UP_MS;
  // The time limits the attempts, since one may take as long as all of them.
  return retry(write, { ...PAUSES, maxAttempts: Number.MAX_SAFE_INTEGER, isRetriable });
}
