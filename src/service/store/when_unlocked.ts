import { sleep } from "../../base/time.ts";

/** What SQLite says where another process writes: the transaction wasn't begun, nothing of it is there. */
const LOCKED = "database is locked";

const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 100;
const GIVE_UP_MS = 5000;

/**
 * Writes to a store that other processes write to as well: where one of them is at it, tries again after a pause
 * of random length. SQLite by itself gives up at once where a transaction has read what another one changed since.
 *
 * @param write One transaction, whole or not at all.
 * @param giveUpMs For how long it is tried, in milliseconds. Default 5,000.
 */
export async function whenUnlocked<T>(
  write: () => Promise<T>,
  { giveUpMs = GIVE_UP_MS } = {},
): Promise<T> {
  const started = performance.now();
  for (let pause = FIRST_PAUSE_MS;; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      return await write();
    } catch (error) {
      const isLocked = error instanceof Error && error.message.includes(LOCKED);
      if (!isLocked || performance.now() - started > giveUpMs) throw error;
      await sleep(pause * (0.5 + Math.random()));
    }
  }
}
