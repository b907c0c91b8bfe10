import { createRandom } from "../../../../src/linalg/random.ts";

/** Numbers of different users, drawn with a fixed seed. */
export function sampleUsers(count: number, most: number): number[] {
  const random = createRandom(7);
  const users = new Set<number>();
  const size = Math.min(count, most);
  while (users.size < size) users.add(random.integer(count));
  return [...users];
}
