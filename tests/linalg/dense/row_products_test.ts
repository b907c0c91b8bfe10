import { Matrix } from "ml-matrix";
import { rowProducts } from "../../../src/linalg/dense/row_products.ts";
import { assert, assertEquals } from "../../assert.ts";
import { largestGap, normals } from "../made_at_random.ts";

Deno.test("products are those of dense matrices, at any number of rows", () => {
  for (const rows of [1, 3, 4, 63, 64, 65, 131]) {
    const matrix = Float32Array.from(normals(rows * 3, rows));
    const vectors = normals(2 * 3, 100 + rows);
    const out = new Float32Array(2 * rows).fill(NaN);
    rowProducts(matrix, vectors, { width: 3, out });
    const expected = Matrix.from1DArray(2, 3, vectors)
      .mmul(Matrix.from1DArray(rows, 3, matrix).transpose());
    assert(largestGap(out, expected.to1DArray()) < 1e-5, `${rows} rows`);
  }
});

Deno.test("a vector's products are the same alone and among others", () => {
  const matrix = Float32Array.from(normals(70 * 9, 1));
  const vectors = normals(3 * 9, 2);
  const all = new Float32Array(3 * 70);
  rowProducts(matrix, vectors, { width: 9, out: all });
  const alone = new Float32Array(70);
  rowProducts(matrix, vectors.subarray(9, 18), { width: 9, out: alone });
  assertEquals(alone, all.slice(70, 140));
});
