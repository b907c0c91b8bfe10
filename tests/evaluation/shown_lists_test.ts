import {
  createShownLists,
  meanOverlap,
  NO_ITEM,
  shownList,
} from "../../src/evaluation/shown_lists.ts";
import { assertAlmostEquals, assertEquals, assertThrows } from "../assert.ts";

function listsOf(k: number, ...lists: number[][]) {
  const shown = createShownLists({ k, capacity: lists.length });
  for (const list of lists) shown.add(Uint32Array.from(list));
  return shown.result();
}

Deno.test("lists are stored one after another, short ones padded", () => {
  const lists = listsOf(3, [7, 8, 9], [5], []);
  assertEquals([...lists.items], [7, 8, 9, 5, ...Array(5).fill(NO_ITEM)]);
  assertEquals([0, 1, 2].map((index) => [...shownList(lists, index)]), [[7, 8, 9], [5], []]);
});

Deno.test("users who were not measured take no memory in the end", () => {
  const shown = createShownLists({ k: 2, capacity: 100 });
  shown.add(Uint32Array.of(1, 2));
  assertEquals(shown.result(), { k: 2, items: Uint32Array.of(1, 2) });
});

Deno.test("overlap is the Jaccard index, averaged over users, whatever the order", () => {
  const lists = listsOf(3, [1, 2, 3], [4, 5, 6], [7]);
  const other = listsOf(3, [3, 1, 9], [7, 8, 9], [7]);
  // 2 of 4, 0 of 6, 1 of 1.
  assertAlmostEquals(meanOverlap(lists, other), (0.5 + 0 + 1) / 3, 1e-12);
  assertEquals(meanOverlap(lists, lists), 1);
  assertEquals(meanOverlap(other, lists), meanOverlap(lists, other));
});

Deno.test("long lists overlap by the same rule", () => {
  const range = (from: number) => Array.from({ length: 100 }, (_, i) => from + i);
  // 50 in both of 150 in either.
  assertAlmostEquals(meanOverlap(listsOf(100, range(0)), listsOf(100, range(50))), 1 / 3, 1e-12);
});

Deno.test("users who were shown nothing don't count; without others there is no overlap", () => {
  assertEquals(meanOverlap(listsOf(1, [1], []), listsOf(1, [1], [])), 1);
  assertEquals(meanOverlap(listsOf(1, []), listsOf(1, [])), NaN);
});

Deno.test("lists of other users can't be compared", () => {
  assertThrows(
    () => meanOverlap(listsOf(1, [1]), listsOf(1, [1], [2])),
    RangeError,
    "1 and 2 users",
  );
});
