/** A user with more events is hardly a person. */
const MAX_EVENTS = 100;

/** All of millions would delay the first answer. */
const MAX_USERS = 10_000;

/** Lengths of the histories of further examples. */
const LENGTHS = [3, 8, 20] as const;

/**
 * Chooses real users to try a service with: of the first ten thousand, the one with the longest
 * history of at most 100 events or, if all are longer, with the shortest, ties to the first; and of
 * all, the first ones with 3, 8 and 20 events.
 */
export class ExampleUsers {
  #best: string | undefined;
  #bestRank = -Infinity;
  #seen = 0;
  readonly #others = new Map<number, string>();

  /** Whether further users change nothing. */
  get isComplete(): boolean {
    return this.#seen >= MAX_USERS && this.#others.size === LENGTHS.length;
  }

  /** Takes the next user into account. */
  add(userId: () => string, events: number): void {
    const rank = events <= MAX_EVENTS ? events : -events;
    if (this.#seen++ < MAX_USERS && rank > this.#bestRank) {
      this.#best = userId();
      this.#bestRank = rank;
    }
    if (LENGTHS.some((length) => length === events) && !this.#others.has(events)) {
      this.#others.set(events, userId());
    }
  }

  /** The chosen ones, each once; that with the long history first. */
  get chosen(): string[] {
    const best = this.#best === undefined ? [] : [this.#best];
    const others = LENGTHS.map((length) => this.#others.get(length));
    return [...new Set([...best, ...others.filter((userId) => userId !== undefined)])];
  }
}
