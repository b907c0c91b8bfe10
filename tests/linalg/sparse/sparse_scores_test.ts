import { packCsr } from "../../../src/linalg/sparse/packed_csr.ts";
import { SparseSums } from "../../../src/linalg/sparse/sparse_scores.ts";
import { assertEquals } from "../../assert.ts";
import { randomCsr, toDense } from "../made_at_random.ts";

Deno.test("rows add up as in a dense matrix, and every item with a score is touched once", () => {
  const matrix = randomCsr(6, 40, 0.2, 3);
  const dense = toDense(matrix);
  const expected = Array.from(
    { length: 40 },
    (_, item) => 2 * (dense.get(0, item) + dense.get(2, item) + dense.get(5, item)),
  );
  // Whole numbers are packed exactly.
  for (const rows of [matrix, packCsr(matrix)]) {
    const sums = new SparseSums(40);
    [0, 2, 5].forEach((row) => sums.addRow(rows, row, 2));
    assertEquals([...sums.values], expected);
    assertEquals(sums.largest, Math.max(...expected));
    assertEquals(
      [...sums.touched.toSorted()],
      expected.flatMap((score, item) => score > 0 ? [item] : []),
    );
  }
});

Deno.test("parts of 0, and parts that round to 0, touch nothing", () => {
  const sums = new SparseSums(3);
  sums.add(0, 0);
  sums.add(1, 1e-60);
  sums.add(1, 1e-60);
  sums.add(2, 1);
  assertEquals(sums.touched, Uint32Array.of(2));
});

Deno.test("clearing sets few and many scores to 0", () => {
  for (const items of [[7], [0, 1, 2, 3, 4, 5, 6, 7]]) {
    const sums = new SparseSums(8);
    items.forEach((item) => sums.add(item, 1));
    sums.clear();
    assertEquals(sums.values, new Float32Array(8));
    assertEquals([sums.touched.length, sums.largest], [0, 0]);
    sums.add(7, 0.5);
    assertEquals(sums.touched, Uint32Array.of(7));
  }
});

Deno.test("a part for several items, and a part for each, add up like single ones", () => {
  const items = Uint32Array.of(9, 3, 0, 3);
  const parts = [0.1, 0, 2];
  const single = new SparseSums(10), several = new SparseSums(10);
  for (const item of [3, 0]) single.add(item, 0.7);
  several.addToAll(items, 0.7, { start: 1, end: 3 });
  [0.1, 0, 2].forEach((part, i) => single.add(items[1 + i], part));
  several.addEach(items, parts, 1, 4);
  assertEquals(several.values, single.values);
  assertEquals(several.touched, single.touched);
  assertEquals(several.largest, single.largest);
});

Deno.test("the range is without what items add to themselves, unless nothing else is", () => {
  const sums = new SparseSums(3);
  sums.addSelf(0, 5);
  assertEquals([...sums.values, sums.largest], [5, 0, 0, 5]);
  sums.clear();
  assertEquals(sums.largest, 0);
  sums.add(0, 1);
  sums.add(1, 2);
  sums.addSelf(0, 4);
  sums.addSelf(2, 3);
  assertEquals([...sums.values, sums.least, sums.largest], [5, 2, 3, 0, 2]);
  assertEquals(sums.touched.toSorted(), Uint32Array.of(0, 1, 2));
  sums.clear();
  [1, 2, 4].forEach((score, item) => sums.add(item, score));
  assertEquals([sums.least, sums.largest], [1, 4]);
  sums.addSelf(0, 9);
  assertEquals([sums.least, sums.largest], [1, 4]);
});
