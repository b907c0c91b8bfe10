/** What users were shown, one list after another in one array. */
export interface ShownLists {
  /** Places of a list. */
  readonly k: number;
  /** Users × `k` item numbers, best first; {@linkcode NO_ITEM} where a list is shorter. */
  readonly items: Uint32Array;
}

/** Stands for an empty place of a list. */
export const NO_ITEM = 2 ** 32 - 1;

/**
 * Begins to gather lists.
 *
 * @param options `k`: places of a list. `capacity`: how many there can be at most.
 */
export function createShownLists(
  { k, capacity }: { k: number; capacity: number },
): { add(ranked: Uint32Array): void; result(): ShownLists } {
  const items = new Uint32Array(capacity * k).fill(NO_ITEM);
  let size = 0;
  return {
    add: (ranked) => items.set(ranked, k * size++),
    result: () => ({ k, items: items.slice(0, k * size) }),
  };
}

/** One list: a view, without the empty places. */
export function shownList({ k, items }: ShownLists, index: number): Uint32Array {
  const list = items.subarray(k * index, k * (index + 1));
  const end = list.indexOf(NO_ITEM);
  return end < 0 ? list : list.subarray(0, end);
}

/**
 * How alike the lists of two models are: the Jaccard index, products in both over products in either, averaged
 * over users. 1 where both show everybody the same, 0 where nobody is shown a product by both.
 *
 * @returns `NaN` where nobody was shown anything.
 * @throws {RangeError} If the two are not of equally many users.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const first = { k: 2, items: Uint32Array.of(1, 2, 3, 4) };
 * const second = { k: 2, items: Uint32Array.of(2, 1, 4, 5) };
 * assertEquals(meanOverlap(first, second), (1 + 1 / 3) / 2);
 * ```
 */
export function meanOverlap(first: ShownLists, second: ShownLists): number {
  const users = first.items.length / first.k;
  if (second.items.length / second.k !== users) {
    throw new RangeError(
      `Cannot compare lists: both must be of the same users, got ${users} and ` +
        `${second.items.length / second.k} users`,
    );
  }
  let sum = 0, compared = 0;
  for (let user = 0; user < users; user++) {
    const [list, other] = [shownList(first, user), shownList(second, user)];
    const either = list.length + other.length;
    if (either === 0) continue;
    const both = countShared(list, other);
    sum += both / (either - both);
    compared++;
  }
  return sum / compared;
}

function countShared(list: Uint32Array, other: Uint32Array): number {
  if (list.length > 64) return new Set(list).intersection(new Set(other)).size;
  let shared = 0;
  for (const item of list) if (other.includes(item)) shared++;
  return shared;
}
