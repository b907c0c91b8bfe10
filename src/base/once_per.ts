/**
 * Makes a function that computes a result once for each object, and keeps it as long as the object
 * is there. All callers get the same result, so none may change it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * let computed = 0;
 * const lengthOf = oncePer((list: number[]) => (computed++, list.length));
 * const list = [7, 8];
 * assertEquals([lengthOf(list), lengthOf(list), computed], [2, 2, 1]);
 * ```
 */
export function oncePer<Given extends object, Result>(
  compute: (given: Given) => Result,
): (given: Given) => Result {
  const results = new WeakMap<Given, { readonly result: Result }>();
  return (given) => {
    const known = results.get(given) ?? { result: compute(given) };
    results.set(given, known);
    return known.result;
  };
}
