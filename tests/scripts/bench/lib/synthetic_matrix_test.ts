import {
  readMatrix,
  syntheticMatrix,
  writeMatrix,
} from "../../../../scripts/bench/lib/synthetic_matrix.ts";
import { TempFolder } from "../../../../src/base/temp_folder.ts";
import { assert, assertEquals } from "../../../assert.ts";

const size = { users: 300, items: 80, pairs: 3000 };

Deno.test("pairs are unique and sorted, and the first items are the most popular", () => {
  const { rows, columns, indptr, indices, values } = syntheticMatrix(size);
  assertEquals([rows, columns, indptr[0], indptr[300]], [300, 80, 0, indices.length]);
  assertEquals(values, new Float32Array(indices.length).fill(1));
  const counts = new Uint32Array(80);
  for (let user = 0; user < rows; user++) {
    for (let p = indptr[user]; p < indptr[user + 1]; p++) {
      assert(indices[p] < 80 && (p === indptr[user] || indices[p] > indices[p - 1]));
      counts[indices[p]]++;
    }
  }
  const sum = (from: number, to: number) =>
    counts.subarray(from, to).reduce((total, count) => total + count, 0);
  assert(sum(0, 8) > 2 * sum(72, 80));
});

Deno.test("a matrix is the same on every call, and after writing and reading it", async () => {
  const matrix = syntheticMatrix(size);
  assertEquals(syntheticMatrix(size), matrix);
  using temporary = new TempFolder();
  const folder = temporary.path;
  await writeMatrix(matrix, folder);
  assertEquals(await readMatrix(folder, 80), matrix);
});
