import { sleep } from "../../../base/time.ts";

/** How long a check for writes is reused, in milliseconds; a write is acknowledged after that. */
export const LEASE_MS = 20;

/** The pause between two checks while lists are asked for, in milliseconds. */
const PAUSE_MS = 4;

/** For how long checks go on after the last list, in milliseconds. */
const IDLE_MS = 1000;

/** The pause after a check that failed, in milliseconds. */
const FAILED_MS = 100;

/**
 * A number that changes after every write to the store by any server, so that a cached list is
 * checked without asking the database.
 *
 * While lists are asked for, it asks every few milliseconds for PostgreSQL's snapshot, the set of
 * committed transactions: equal snapshots mean that nothing was committed in between. A check holds
 * for {@linkcode LEASE_MS} from when it was sent, and a write is acknowledged no sooner than that
 * after its commit, as with a lease (Gray and Cheriton 1989). A read after an acknowledgement
 * therefore relies on a check that was sent after the commit, or has none and reads the database.
 * This needs no clock in common, no list of servers, and nothing of a server that died. A
 * notification (`NOTIFY`) has no bound on its delay, and would make commits take turns.
 */
export class Freshness implements Disposable {
  readonly #snapshot: () => Promise<string>;
  #latest: string | undefined;
  #version = 0;
  /** When the latest check that was answered was sent, on the clock of `performance.now`. */
  #checked = -Infinity;
  #wanted = -Infinity;
  #isChecking = false;
  #isEnded = false;

  /** @param snapshot Asks the database for its snapshot, as a text. */
  constructor(snapshot: () => Promise<string>) {
    this.#snapshot = snapshot;
  }

  /**
   * The current number; undefined if it isn't known now.
   *
   * @param now The time on the clock of `performance.now`.
   */
  current(now: number): number | undefined {
    this.#wanted = now;
    if (!this.#isChecking) this.#check();
    return now - this.#checked < LEASE_MS ? this.#version : undefined;
  }

  async #check(): Promise<void> {
    this.#isChecking = true;
    while (!this.#isEnded && performance.now() - this.#wanted < IDLE_MS) {
      const sent = performance.now();
      try {
        const snapshot = await this.#snapshot();
        if (snapshot !== this.#latest) {
          this.#latest = snapshot;
          this.#version++;
        }
        this.#checked = sent;
        await sleep(PAUSE_MS);
      } catch {
        // Until a check succeeds, requests read the store themselves and report its errors.
        await sleep(FAILED_MS);
      }
    }
    this.#isChecking = false;
  }

  /** Resolves when no server relies on a check from before now; acknowledge a write only then. */
  async wrote(): Promise<void> {
    const until = performance.now() + LEASE_MS;
    while (performance.now() < until) await sleep(Math.ceil(until - performance.now()));
  }

  /** Stops checking. */
  [Symbol.dispose](): void {
    this.#isEnded = true;
  }
}
