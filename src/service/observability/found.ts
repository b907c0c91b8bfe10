/**
 * What belongs to some values together, made when it is first asked for: found value by value, without putting them
 * together to one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const sums = new Found((a: number, b: number) => ({ sum: a + b }));
 * assertEquals(sums.get(1, 2), { sum: 3 });
 * assertEquals(sums.get(1, 2) === sums.get(1, 2), true);
 * ```
 */
export class Found<Keys extends readonly unknown[], Value> {
  readonly #make: (...keys: Keys) => Value;
  readonly #root: Level<Value> = { next: new Map() };

  /** @param make Makes what belongs to values. */
  constructor(make: (...keys: Keys) => Value) {
    this.#make = make;
  }

  /** What belongs to these values. */
  get(...keys: Keys): Value {
    let level = this.#root;
    for (let i = 0; i < keys.length; i++) {
      let next = level.next.get(keys[i]);
      if (!next) level.next.set(keys[i], next = { next: new Map() });
      level = next;
    }
    return level.value ??= this.#make(...keys);
  }
}

interface Level<Value> {
  readonly next: Map<unknown, Level<Value>>;
  value?: Value;
}
