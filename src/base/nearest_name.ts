import { levenshteinDistance } from "./std/text.ts";

/**
 * Finds the name that was probably meant: the one with the fewest edits (a character inserted, deleted or
 * replaced, case ignored; Levenshtein 1966), if those are two or at most half of the length of what was given.
 *
 * @returns Nothing if no name is that near.
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
