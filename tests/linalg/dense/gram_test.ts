import { Matrix } from "ml-matrix";
import { columnGram } from "../../../src/linalg/dense/gram.ts";
import { assert, assertEquals } from "../../assert.ts";
import { largestGap, normals } from "../made_at_random.ts";

Deno.test("the Gram matrix is AᵀA, whatever the number of rows", () => {
  for (const rows of [0, 1, 3, 4, 5, 11]) {
    const a = normals(rows * 3, rows);
    const dense = Matrix.from1DArray(rows, 3, a);
    const expected = rows === 0 ? new Float64Array(9) : dense.transpose().mmul(dense).to1DArray();
    assert(largestGap(columnGram(a, 3), expected) < 1e-12, `${rows} rows`);
  }
});

Deno.test("with a second matrix B = MA it is AᵀMA", () => {
  const a = Float64Array.of(1, 2, 3, 4);
  // M = diag(10, 1): AᵀMA = [[10·1 + 9, 10·2 + 12], [10·2 + 12, 10·4 + 16]]
  const b = Float64Array.of(10, 20, 3, 4);
  assertEquals(columnGram(a, 2, b), Float64Array.of(19, 32, 32, 56));
});

Deno.test("single precision is summed in double precision", () => {
  const a = new Float32Array(2 ** 20 + 1).fill(2 ** -10);
  a[0] = 2 ** 12;
  // In single precision, 2²⁴ + 1 would stay 2²⁴.
  assertEquals(columnGram(a, 1), Float64Array.of(2 ** 24 + 1));
});
