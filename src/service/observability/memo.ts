/**
 * A memo table: what a function of several arguments returned, found argument by argument, without
 * joining them into one key. Nothing is evicted, so the arguments must have few different values.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const sums = new Memo((a: number, b: number) => ({ sum: a + b }));
 * assertEquals(sums.get(1, 2), { sum: 3 });
 * assertEquals(sums.get(1, 2) === sums.get(1, 2), true);
 * ```
 */
export class Memo<Arguments extends readonly unknown[], Value> {
  readonly #compute: (...args: Arguments) => Value;
  readonly #root: Level<Value> = { next: new Map() };

  /** @param compute Called once for each combination of arguments. */
  constructor(compute: (...args: Arguments) => Value) {
    this.#compute = compute;
  }

  /** The value for these arguments. */
  get(...args: Arguments): Value {
    let level = this.#root;
    for (let i = 0; i < args.length; i++) {
      let next = level.next.get(args[i]);
      if (!next) level.next.set(args[i], next = { next: new Map() });
      level = next;
    }
    return level.value ??= this.#compute(...args);
  }
}

interface Level<Value> {
  readonly next: Map<unknown, Level<Value>>;
  value?: Value;
}
