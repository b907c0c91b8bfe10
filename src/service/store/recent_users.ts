import { Recent } from "../../base/recent.ts";
import type { StoredEvent } from "./stored_event.ts";

interface VersionedEvents {
  readonly version: string;
  readonly events: readonly StoredEvent[];
}

/**
 * The live events of users who were asked for lately, each with the version of the user's key that they were
 * read at. Whoever uses one has to compare the version first, so that none is ever stale.
 */
export class RecentUsers {
  readonly #users: Recent<VersionedEvents>;

  /** @param capacity How many users and events it keeps together; users not asked for the longest go first. */
  constructor(capacity: number) {
    this.#users = new Recent(capacity);
  }

  /** The events at exactly this version, if they are there. */
  get(userId: string, version: string): readonly StoredEvent[] | undefined {
    const user = this.#users.get(userId);
    return user?.version === version ? user.events : undefined;
  }

  /** Keeps the events of a user as they are at a version. */
  set(userId: string, version: string, events: readonly StoredEvent[]): void {
    this.#users.set(userId, { version, events }, 1 + events.length);
  }
}
