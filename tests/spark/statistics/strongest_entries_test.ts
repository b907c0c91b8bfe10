import { assertEquals } from "../../assert.ts";
import { rowOf } from "../../../src/linalg/sparse/csr.ts";
import { StrongestEntries } from "../../../src/spark/statistics/strongest_entries.ts";

Deno.test("the largest entries of a row are kept, in whatever order they come", () => {
  const entries = new StrongestEntries({ size: 100, keep: 3 });
  // More than a row has room for, so that the smallest are dropped meanwhile.
  const values = Array.from({ length: 99 }, (_, i) => (i * 37) % 99 + 1);
  values.forEach((value, column) => entries.add(7, column, value));
  const { indices, values: kept } = rowOf(entries.toCsr(), 7);
  // 37i mod 99 is 98, 97 and 96 for i = 8, 16 and 24, since 37 · 8 = 296 = 3 · 99 − 1.
  assertEquals(indices, Uint32Array.of(8, 16, 24));
  assertEquals(kept, Float32Array.of(99, 98, 97));
});

Deno.test("of a tie the first columns are kept, and nothing that isn't above 0", () => {
  const entries = new StrongestEntries({ size: 40, keep: 2 });
  for (let column = 39; column > 0; column--) entries.add(0, column, 1);
  entries.add(1, 0, 0);
  entries.add(2, 1, -1);
  entries.add(3, 2, NaN);
  const matrix = entries.toCsr();
  assertEquals(rowOf(matrix, 0).indices, Uint32Array.of(1, 2));
  assertEquals(matrix.indices.length, 2);
});
