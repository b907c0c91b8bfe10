import { LRUCache } from "lru-cache";

interface Entry<Value, Version> {
  readonly value: Value;
  readonly version: Version | undefined;
}

/** How much of a {@linkcode Cache} an entry takes, and how long it stays valid. */
export interface EntryOptions<Version> {
  /** In the units of the cache's capacity; a whole number, at least 1. Default 1. */
  size?: number;
  /** What the value was made from; it is returned for this version only. Default none. */
  version?: Version;
  /** Milliseconds until the entry expires; 0 caches nothing. Default never. */
  maxAgeMs?: number;
}

/**
 * A cache bounded by size that evicts the least recently used entries first. An entry is valid for
 * one version of what it was made from, or for a limited time, or both.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const cache = new Cache<string>(2);
 * for (const key of ["a", "b"]) cache.set(key, key.toUpperCase());
 * cache.get("a");
 * cache.set("c", "C");
 * assertEquals(["a", "b", "c"].map((key) => cache.get(key)), ["A", undefined, "C"]);
 * ```
 */
export class Cache<Value, Version = never> {
  readonly #entries: LRUCache<string | number, Entry<Value, Version>>;

  /** @param capacity The largest sum of the sizes of all entries. */
  constructor(capacity: number) {
    // A resolution of 0 reads the clock at each access instead of keeping a timer.
    this.#entries = new LRUCache({ maxSize: capacity, ttlResolution: 0 });
  }

  /** The value cached for this version; counts as a use. */
  get(key: string | number, version?: Version): Value | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.version === version ? entry.value : undefined;
  }

  /** Replaces the value of a key. A value larger than the capacity isn't cached. */
  set(
    key: string | number,
    value: Value,
    { size = 1, version, maxAgeMs = Infinity }: EntryOptions<Version> = {},
  ): void {
    if (maxAgeMs === 0) {
      this.#entries.delete(key);
      return;
    }
    const ttl = maxAgeMs === Infinity ? undefined : maxAgeMs;
    this.#entries.set(key, { value, version }, { size, ttl });
  }
}
