interface Entry<Value> {
  readonly value: Value;
  readonly size: number;
  /** Whether it was used since it was last considered for going. */
  isUsed: boolean;
}

/**
 * Values that were used lately, by name, as many as there is room for. Those not used for long go first, found as
 * a clock's hand does (Corbató 1968): the oldest goes, unless it was used since it was last looked at.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const recent = new Recent<string>(2);
 * for (const name of ["a", "b"]) recent.set(name, name.toUpperCase(), 1);
 * recent.get("a");
 * recent.set("c", "C", 1);
 * assertEquals(["a", "b", "c"].map((name) => recent.get(name)), ["A", undefined, "C"]);
 * ```
 */
export class Recent<Value> {
  readonly #capacity: number;
  readonly #entries = new Map<string, Entry<Value>>();
  #size = 0;

  /** @param capacity What the sizes of all values may sum to. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** A value, if it is there; counts as a use. */
  get(name: string): Value | undefined {
    const entry = this.#entries.get(name);
    if (!entry) return undefined;
    entry.isUsed = true;
    return entry.value;
  }

  /** Keeps a value in the place of the one before; one that is larger than all room isn't kept. */
  set(name: string, value: Value, size: number): void {
    this.#remove(name);
    if (size > this.#capacity) return;
    while (this.#size + size > this.#capacity) this.#makeRoom();
    this.#entries.set(name, { value, size, isUsed: false });
    this.#size += size;
  }

  /** Lets the oldest go, or sends it back to the end if it was used. */
  #makeRoom(): void {
    const [[name, entry]] = this.#entries;
    if (!entry.isUsed) return this.#remove(name);
    entry.isUsed = false;
    this.#entries.delete(name);
    this.#entries.set(name, entry);
  }

  #remove(name: string): void {
    const entry = this.#entries.get(name);
    if (!entry) return;
    this.#entries.delete(name);
    this.#size -= entry.size;
  }
}
