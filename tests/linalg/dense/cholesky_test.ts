import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { cholesky, solveCholesky } from "../../../src/linalg/dense/cholesky.ts";
import { createRandom } from "../../../src/linalg/random.ts";
import { assertAlmostEquals, assertEquals, assertThrows } from "../../assert.ts";

/** A Aᵀ + I of random A, so symmetric positive definite. */
function randomPositiveDefinite(size: number, seed: number): Matrix {
  const random = createRandom(seed);
  const a = new Matrix(
    Array.from({ length: size }, () => Array.from({ length: size }, random.normal)),
  );
  return a.mmul(a.transpose()).add(Matrix.eye(size));
}

Deno.test("a matrix has the factor worked out by hand", () => {
  const a = Float64Array.of(4, 12, -16, 12, 37, -43, -16, -43, 98);
  cholesky(a, 3);
  assertEquals([a[0], a[3], a[4], a[6], a[7], a[8]], [2, 6, 1, -8, 5, 3]);
});

Deno.test("the factor and the solution are those of ml-matrix", () => {
  for (const size of [1, 2, 7, 40]) {
    const matrix = randomPositiveDefinite(size, size);
    const b = Float64Array.from({ length: size }, (_, i) => i - 3);
    const oracle = new CholeskyDecomposition(matrix);
    const a = Float64Array.from(matrix.to1DArray());
    cholesky(a, size);
    const lower = oracle.lowerTriangularMatrix;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) assertAlmostEquals(a[i * size + j], lower.get(i, j), 1e-10);
    }
    const expected = oracle.solve(Matrix.columnVector([...b])).to1DArray();
    solveCholesky(a, b);
    expected.forEach((value, i) => assertAlmostEquals(b[i], value, 1e-8));
  }
});

Deno.test("only the lower triangle is read and written", () => {
  const a = Float64Array.of(4, NaN, 2, 5);
  cholesky(a, 2);
  assertEquals(a, Float64Array.of(2, NaN, 1, 2));
  const x = Float64Array.of(8, 9);
  solveCholesky(a, x);
  assertEquals(x, Float64Array.of(1.375, 1.25));
});

Deno.test("an empty matrix has an empty factor and solution", () => {
  const nothing = new Float64Array(0);
  cholesky(nothing, 0);
  solveCholesky(nothing, nothing);
  assertEquals(nothing.length, 0);
});

Deno.test("a matrix that isn't positive definite is rejected with its pivot", () => {
  assertThrows(
    () => cholesky(Float64Array.of(1, 1, 1, 1), 2),
    RangeError,
    "pivot 1 must be positive, got 0",
  );
  assertThrows(
    () => cholesky(Float64Array.of(-4), 1),
    RangeError,
    "pivot 0 must be positive, got -4",
  );
  assertThrows(
    () => cholesky(Float64Array.of(NaN), 1),
    RangeError,
    "pivot 0 must be positive, got NaN",
  );
});
