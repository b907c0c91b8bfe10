import { Matrix } from "ml-matrix";
import { orthonormalizer } from "../../../src/linalg/dense/orthonormalize.ts";
import { assert } from "../../assert.ts";
import { largestGap, normals } from "../made_at_random.ts";

/** Y·M */
function orthonormalized(y: Matrix, taken?: Float64Array): Matrix {
  const width = y.columns;
  const gram = Float64Array.from(gramOf(y));
  return y.mmul(Matrix.from1DArray(width, width, orthonormalizer(gram, width, taken)));
}

function gramOf(y: Matrix): number[] {
  return y.transpose().mmul(y).to1DArray();
}

function identity(width: number): number[] {
  return Matrix.eye(width).to1DArray();
}

Deno.test("columns become orthonormal and keep their span", () => {
  const y = Matrix.from1DArray(23, 5, normals(23 * 5, 23));
  const q = orthonormalized(y);
  assert(largestGap(gramOf(q), identity(5)) < 1e-12);
  const projected = q.mmul(q.transpose()).mmul(y);
  assert(largestGap(projected.to1DArray(), y.to1DArray()) < 1e-11);
});

Deno.test("a dependent column becomes zero, the others stay orthonormal", () => {
  // Third column = first + second; fourth is zero.
  const y = Matrix.from1DArray(7, 4, normals(7 * 4, 3));
  for (let row = 0; row < 7; row++) {
    y.set(row, 2, y.get(row, 0) + y.get(row, 1));
    y.set(row, 3, 0);
  }
  const q = orthonormalized(y);
  const expected = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  assert(largestGap(gramOf(q), expected) < 1e-12);
});

Deno.test("a tiny remainder of a projected column becomes zero", () => {
  const y = Matrix.from1DArray(7, 2, normals(7 * 2, 3));
  const lengths = [1e14, 1e10];
  const expected = [0, 0, 0, 1];
  assert(largestGap(gramOf(orthonormalized(y, Float64Array.from(lengths))), expected) < 1e-12);
});

Deno.test("a second pass makes up for the error of the first", () => {
  // Columns that differ by 10⁻⁵: the squared condition number costs ten digits.
  const y = Matrix.from1DArray(50, 3, normals(50 * 3, 4));
  for (let row = 0; row < 50; row++) {
    for (const column of [1, 2]) y.set(row, column, y.get(row, 0) + 1e-5 * y.get(row, column));
  }
  const deviation = (q: Matrix) => largestGap(gramOf(q), identity(3));
  const once = orthonormalized(y);
  assert(deviation(once) > 1e-9);
  assert(deviation(orthonormalized(once)) < 1e-14);
});
