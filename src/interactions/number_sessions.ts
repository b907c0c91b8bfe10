/**
 * Numbers sessions from 0, in the order of users and of each user's first event in them.
 *
 * @param indptr The start of each user's events; users + 1 entries.
 * @param keys Of each event's session; only the events of one user are compared.
 * @returns The number of each event's session.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const keys = Float64Array.of(7.5, 1, 7.5, 7.5);
 * assertEquals(numberSessions(Uint32Array.of(0, 3, 4), keys), Uint32Array.of(0, 1, 0, 2));
 * ```
 */
export function numberSessions(indptr: Uint32Array, keys: Float64Array): Uint32Array {
  const numbers = new Uint32Array(keys.length);
  const known = new Map<number, number>();
  let sessions = 0;
  for (let user = 0; user + 1 < indptr.length; user++) {
    known.clear();
    for (let p = indptr[user]; p < indptr[user + 1]; p++) {
      // Most events go on with the session of the event before.
      if (p > indptr[user] && keys[p] === keys[p - 1]) {
        numbers[p] = numbers[p - 1];
        continue;
      }
      const number = known.get(keys[p]) ?? sessions++;
      known.set(keys[p], number);
      numbers[p] = number;
    }
  }
  return numbers;
}
