import { Matrix, solve } from "ml-matrix";
import {
  alternateLeastSquares,
  type AlternationOptions,
} from "../../../src/linalg/dense/alternating_least_squares.ts";
import { columnGram } from "../../../src/linalg/dense/gram.ts";
import { assert, assertEquals } from "../../assert.ts";
import { largestGap, normals, randomCsr, toDense } from "../made_at_random.ts";

const weights = randomCsr(14, 9, 0.3, 2);
const start = Float32Array.from(normals(9 * 3, 3));
const options: AlternationOptions = {
  factors: 3,
  iterations: 2,
  unobservedWeight: 0.2,
  base: 0.1,
  userRegularization: Float32Array.from({ length: 14 }, (_, user) => 0.5 + 0.1 * user),
  itemRegularization: Float32Array.from({ length: 9 }, (_, item) => 1 + 0.1 * item),
};

/** One side's step by the textbook: a system of its own for every row. */
function stepped(weights: Matrix, fixed: Matrix, lambdas: Float32Array): Matrix {
  const gram = fixed.transpose().mmul(fixed).mul(options.unobservedWeight);
  return new Matrix(Array.from(lambdas, (lambda, row) => {
    const own = weights.getRow(row);
    const left = gram.clone().add(Matrix.eye(3).mul(lambda))
      .add(fixed.transpose().mmul(Matrix.diag(own)).mmul(fixed));
    const targets = own.map((weight) => weight > 0 ? weight + options.base : 0);
    return solve(left, fixed.transpose().mmul(Matrix.columnVector(targets))).to1DArray();
  }));
}

Deno.test("sweeps end where the textbook's do, up to a turn of all vectors", () => {
  const dense = toDense(weights);
  let items = Matrix.from1DArray(9, 3, start);
  for (let i = 0; i < options.iterations; i++) {
    const users = stepped(dense, items, options.userRegularization);
    items = stepped(dense.transpose(), users, options.itemRegularization);
  }
  const { vectors } = alternateLeastSquares(weights, start, options);
  const found = Matrix.from1DArray(9, 3, vectors);
  // Products between items don't change with a turn.
  const products = (side: Matrix) => side.mmul(side.transpose()).to1DArray();
  assert(largestGap(products(found), products(items)) < 1e-5);
});

Deno.test("the vectors' Gram matrix is diagonal, and told", () => {
  const { vectors, diagonal } = alternateLeastSquares(weights, start, options);
  const expected = Matrix.diag(Array.from(diagonal, (value) => value / 0.2)).to1DArray();
  assert(largestGap(columnGram(vectors, 3), expected) < 1e-5);
});

Deno.test("an item that nobody met has a vector of zero; progress rises to 1", () => {
  const told: number[] = [];
  const { vectors } = alternateLeastSquares(
    { ...weights, rows: 1, indptr: Uint32Array.of(0, 1), indices: Uint32Array.of(4) },
    start,
    options,
    (done) => told.push(done),
  );
  vectors.forEach((value, at) => assert(Math.floor(at / 3) === 4 || value === 0));
  assert(vectors.subarray(12, 15).some((value) => value !== 0));
  assertEquals(told, [0.25, 0.5, 0.75, 1]);
});
