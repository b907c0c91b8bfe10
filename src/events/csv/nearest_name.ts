/**
 * Finds the name that was probably meant: the one with the fewest edits (a character inserted, deleted or
 * replaced, case ignored), if those are at most half of the length of what was wanted.
 *
 * @returns Nothing if no name is that near.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert/equals";
 *
 * assertEquals(nearestName("product_id", ["brand", "ProductID"]), "ProductID");
 * assertEquals(nearestName("product_id", ["price"]), undefined);
 * ```
 */
export function nearestName(wanted: string, names: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let fewest = Math.floor(wanted.length / 2) + 1;
  for (const name of names) {
    const edits = editDistance(wanted.toLowerCase(), name.toLowerCase());
    if (edits < fewest) [nearest, fewest] = [name, edits];
  }
  return nearest;
}

/** Levenshtein (1966), one row of the table at a time. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = above[column - 1] + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, above[column] + 1, current[column - 1] + 1));
    }
    above = current;
  }
  return above[b.length];
}
