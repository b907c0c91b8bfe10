import { levenshteinDistance } from "./std/text.ts";

/**
 * Finds the name that was probably meant: the one at the smallest edit distance (Levenshtein 1966;
 * case is ignored), if that is at most two, or half the length of the given name.
 *
 * @returns `undefined` if no name is close enough.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nearestName("exlude", ["k", "model", "exclude"]), "exclude");
 * assertEquals(nearestName("sort", ["k", "model", "exclude"]), undefined);
 * ```
 */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let fewest = Math.max(2, Math.floor(given.length / 2)) + 1;
  for (const name of names) {
    const edits = levenshteinDistance(given.toLowerCase(), name.toLowerCase());
    if (edits < fewest) [nearest, fewest] = [name, edits];
  }
  return nearest;
}
