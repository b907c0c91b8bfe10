/** Two different starts of the hash, so that the halves of a number are independent. */
const STARTS = [0x811c9dc5, 0x1b873593] as const;

/**
 * A number from 0 to 1, excluding 1, that is always the same for a unit and a salt, and looks
 * random otherwise: uniform over units, and independent between salts.
 *
 * 53 bits of FNV-1a (Fowler, Noll and Vo), finished like MurmurHash3 (Appleby 2011); not for
 * secrets.
 *
 * @param unit What is assigned, such as a user's id.
 * @param salt Names the assignment.
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 *
 * const share = shareOf("ann", { salt: "checkout" });
 * assert(share >= 0 && share < 1);
 * assertEquals(shareOf("ann", { salt: "checkout" }), share);
 * ```
 */
export function shareOf(unit: string, { salt }: { salt: string }): number {
  // The length keeps ("ab", "c") and ("a", "bc") apart.
  const text = `${salt.length}:${salt}:${unit}`;
  const [high, low] = STARTS.map((start) => hash(text, start));
  return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
}

/** 32 bits. */
function hash(text: string, start: number): number {
  let hash = start;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    hash = Math.imul(hash ^ (code & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (code >>> 8), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
