/** How a list differs from the one before the last event. */
export interface RowChange {
  /** Products that came in, in the order of the new list. */
  readonly came: readonly string[];
  /** Products that went out, in the order of the old list. */
  readonly gone: readonly string[];
  /** By how many places each product of both lists moved up; negative for down, without zeros. */
  readonly moved: ReadonlyMap<string, number>;
}

/**
 * Compares two lists of product ids.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { came, gone, moved } = rowChange(["1", "2", "3"], ["3", "1", "4"]);
 * assertEquals([came, gone, [...moved]], [["4"], ["2"], [["3", 2], ["1", -1]]]);
 * ```
 */
export function rowChange(before: readonly string[], after: readonly string[]): RowChange {
  const moved = after.map((id, place) => [id, before.indexOf(id) - place] as const)
    .filter(([id, places]) => before.includes(id) && places !== 0);
  return {
    came: after.filter((id) => !before.includes(id)),
    gone: before.filter((id) => !after.includes(id)),
    moved: new Map(moved),
  };
}
