import type { StoredEvent } from "./stored_event.ts";

interface Entry {
  readonly version: string;
  readonly events: readonly StoredEvent[];
}

/**
 * The live events of users who were asked for lately, each with the version of the user's key that they were
 * read at. Whoever uses one has to compare the version first, so that none is ever stale.
 */
export class RecentUsers {
  readonly #entries = new Map<string, Entry>();

  /** @param capacity How many users it keeps; those not asked for the longest go first. */
  constructor(readonly capacity: number) {}

  /** The events at exactly this version, if they are there. */
  get(userId: string, version: string): readonly StoredEvent[] | undefined {
    const entry = this.#entries.get(userId);
    if (entry?.version !== version) return undefined;
    this.#entries.delete(userId);
    this.#entries.set(userId, entry);
    return entry.events;
  }

  set(userId: string, version: string, events: readonly StoredEvent[]): void {
    this.#entries.delete(userId);
    this.#entries.set(userId, { version, events });
    if (this.#entries.size <= this.capacity) return;
    const [oldest] = this.#entries.keys();
    this.#entries.delete(oldest);
  }
}
