import { Matrix, solve } from "ml-matrix";
import {
  diagonalRidgeParts,
  solveDiagonalRidge,
} from "../../../src/linalg/dense/diagonal_ridge.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";
import { largestGap, normals } from "../made_at_random.ts";

const FACTORS = 4;
const vectors = Float32Array.from(normals(12 * FACTORS, 1));
const items = { factors: FACTORS, vectors, diagonal: [3, 2, 1, 0] };
const options = { lambda: 0.5 };

for (const count of [1, 3, 4, 9]) {
  const rows = {
    indices: Uint32Array.from({ length: count }, (_, i) => i + 2),
    weights: Float32Array.from({ length: count }, (_, i) => 0.5 + i),
  };

  Deno.test(`${count} vectors give the solution of the weighted normal equations`, () => {
    // (diag(d) + λI + Σ w·y·yᵀ) x = Σ w·y
    let left = Matrix.diag(items.diagonal.map((value) => value + options.lambda));
    let right = Matrix.zeros(FACTORS, 1);
    rows.indices.forEach((row, i) => {
      const y = Matrix.columnVector([...vectors.subarray(row * FACTORS, (row + 1) * FACTORS)]);
      left = left.add(y.mmul(y.transpose()).mul(rows.weights[i]));
      right = right.add(y.mul(rows.weights[i]));
    });
    const expected = solve(left, right).to1DArray();
    assert(largestGap(solveDiagonalRidge(rows, items, options), expected) < 1e-10);
  });

  Deno.test(`the parts of ${count} vectors sum to the product`, () => {
    const x = solveDiagonalRidge(rows, items, options);
    const z = 11;
    const product = x.reduce((sum, value, f) => sum + value * vectors[z * FACTORS + f], 0);
    const parts = diagonalRidgeParts(rows, items, options)(z);
    assertEquals(parts.length, count);
    assertAlmostEquals(parts.reduce((sum, part) => sum + part, 0), product, 1e-10);
  });
}

Deno.test("a vector orthogonal to all others has no part in their products", () => {
  const apart = {
    factors: 2,
    vectors: Float32Array.of(1, 0, 0, 1),
    diagonal: [1, 1],
  };
  const rows = { indices: Uint32Array.of(0, 1), weights: [1, 1] };
  // For z = y₀: (1 + 1 + 1)·x₀ = 1, so x·z = 1/3, all of it from y₀.
  const parts = diagonalRidgeParts(rows, apart, { lambda: 1 })(0);
  assert(largestGap(parts, [1 / 3, 0]) < 1e-12);
});

Deno.test("no vectors give zero, and one of weight 0 is ignored", () => {
  const none = { indices: new Uint32Array(0), weights: [] };
  assertEquals(solveDiagonalRidge(none, items, options), new Float64Array(FACTORS));
  assertEquals(diagonalRidgeParts(none, items, options)(0).length, 0);
  const one = { indices: Uint32Array.of(2), weights: [1.5] };
  const two = { indices: Uint32Array.of(2, 5), weights: [1.5, 0] };
  const gap = largestGap(
    solveDiagonalRidge(two, items, options),
    solveDiagonalRidge(one, items, options),
  );
  assert(gap < 1e-12);
});
