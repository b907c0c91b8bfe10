/** The lists of users, one after another in one array. */
export interface ShownLists {
  /** Length of a list. */
  readonly k: number;
  /** Users × `k` item numbers, best first; {@linkcode NO_ITEM} pads shorter lists. */
  readonly items: Uint32Array;
}

/** Padding of short lists. */
export const NO_ITEM = 2 ** 32 - 1;

/**
 * Starts a collection of lists.
 *
 * @param options `k`: length of a list. `capacity`: the maximum number of lists.
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

/** One list: a view, without padding. */
export function shownList({ k, items }: ShownLists, index: number): Uint32Array {
  const list = items.subarray(k * index, k * (index + 1));
  const end = list.indexOf(NO_ITEM);
  return end < 0 ? list : list.subarray(0, end);
}

/**
 * How similar the lists of two models are: the Jaccard index, products in both lists over products
 * in either, averaged over users. 1 if the lists have the same products, 0 if they share none.
 *
 * @returns `NaN` if all lists are empty.
 * @throws {RangeError} If the numbers of users differ.
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
      `Cannot compare lists: both must have the same users, got ${users} and ` +
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
