/**
 * Collects items, each once, in the order in which they come. Takes a byte per item, which the next
 * collection reuses; a `Set` would allocate for each item.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const distinct = new DistinctItems();
 * for (const item of [7, 2, 7]) distinct.add(item);
 * assertEquals(distinct.take(), Uint32Array.of(7, 2));
 * assertEquals(distinct.take(), Uint32Array.of());
 * ```
 */
export class DistinctItems {
  #items = new Uint32Array(64);
  #isFound = new Uint8Array(64);
  #count = 0;

  /** Adds an item unless it is there. */
  add(item: number): void {
    if (this.#isFound[item] === 1) return;
    if (item >= this.#isFound.length) this.#isFound = grown(this.#isFound, item + 1);
    if (this.#count === this.#items.length) this.#items = grown(this.#items, this.#count + 1);
    this.#isFound[item] = 1;
    this.#items[this.#count++] = item;
  }

  /** The items so far; those that come after are another collection. */
  take(): Uint32Array {
    const items = this.#items.slice(0, this.#count);
    for (let i = 0; i < items.length; i++) this.#isFound[items[i]] = 0;
    this.#count = 0;
    return items;
  }
}

/** A copy at least twice as long, with zeros at the end. */
function grown<Numbers extends Uint8Array | Uint32Array>(numbers: Numbers, least: number): Numbers {
  const type = numbers.constructor as new (length: number) => Numbers;
  const larger = new type(Math.max(2 * numbers.length, least));
  larger.set(numbers);
  return larger;
}
