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
  readonly #capacity: number;
  readonly #entries = new Map<string, Entry>();
  #size = 0;

  /** @param capacity How many users and events it keeps together; users not asked for the longest go first. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The events at exactly this version, if they are there. */
  get(userId: string, version: string): readonly StoredEvent[] | undefined {
    const entry = this.#entries.get(userId);
    if (entry?.version !== version) return undefined;
    this.#entries.delete(userId);
    this.#entries.set(userId, entry);
    return entry.events;
  }

  /** Keeps the events of a user as they are at a version. */
  set(userId: string, version: string, events: readonly StoredEvent[]): void {
    this.#remove(userId);
    this.#entries.set(userId, { version, events });
    this.#size += 1 + events.length;
    while (this.#size > this.#capacity) {
      const [oldest] = this.#entries.keys();
      this.#remove(oldest);
    }
  }

  #remove(userId: string): void {
    const entry = this.#entries.get(userId);
    if (!entry) return;
    this.#entries.delete(userId);
    this.#size -= 1 + entry.events.length;
  }
}
