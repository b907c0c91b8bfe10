import { levenshteinDistance } from "./std/text.ts";

/**
 * Finds the name that was probably meant: the one with the fewest edits (Levenshtein 1966; case is
 * ignored, and letters that are only in another order count as one), if those are at most a third
 * of the given name's length, and one in a name of two to five letters.
 *
 * @returns `undefined` if no name is close enough.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nearestName("exlude", ["k", "model", "exclude"]), "exclude");
 * assertEquals(nearestName("foo", ["k", "model", "not"]), undefined);
 * ```
 */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const text = given.toLowerCase();
  let nearest: string | undefined;
  let fewest = Math.min(text.length, Math.max(2, Math.floor(text.length / 3) + 1));
  for (const name of names) {
    const edits = editsBetween(text, name.toLowerCase());
    if (edits < fewest) [nearest, fewest] = [name, edits];
  }
  return nearest;
}

function editsBetween(a: string, b: string): number {
  const edits = levenshteinDistance(a, b);
  return edits === 2 && lettersOf(a) === lettersOf(b) ? 1 : edits;
}

/** The letters of a text in alphabetical order. */
function lettersOf(text: string): string {
  return Array.from(text).sort().join("");
}
