import { Matrix, solve } from "ml-matrix";
import { alternate, type AlternationOptions } from "../../../src/linalg/kernels/alternate.ts";
import { assert, assertEquals } from "../../assert.ts";
import { largestGap, normals, randomCsr, toDense } from "../made_at_random.ts";

/** Rows without entries, with fewer than factors, and with more. */
const SHAPES = [
  { users: 30, items: 12, density: 0.2, factors: 3 },
  { users: 90, items: 40, density: 0.3, factors: 8 },
  { users: 700, items: 50, density: 0.3, factors: 12 },
  { users: 60, items: 70, density: 0.05, factors: 5 },
  // Most users have the same entries as others.
  { users: 600, items: 4, density: 0.3, factors: 3 },
];
const UNOBSERVED_WEIGHT = 0.2;

for (const { users, items, density, factors } of SHAPES) {
  const weights = randomCsr(users, items, density, users);
  const start = Float32Array.from(normals(items * factors, factors));
  const options: AlternationOptions = {
    factors,
    iterations: 3,
    unobservedWeight: UNOBSERVED_WEIGHT,
    userRegularization: Float32Array.from({ length: users }, (_, user) => 0.5 + 0.1 * (user % 40)),
    itemRegularization: Float32Array.from({ length: items }, (_, item) => 1 + 0.1 * item),
  };

  Deno.test(`${users} × ${items}, ${factors} factors: the result is the textbook's`, async () => {
    const dense = toDense(weights);
    let exact = Matrix.from1DArray(items, factors, start);
    for (let i = 0; i < options.iterations; i++) {
      const fixed = solveRows(dense, exact, options.userRegularization);
      exact = solveRows(dense.transpose(), fixed, options.itemRegularization);
    }
    const { vectors, diagonal } = await alternate(weights, start, options);
    const found = Matrix.from1DArray(items, factors, vectors);
    // A rotation of all vectors doesn't change the products between items.
    const products = (side: Matrix) => side.mmul(side.transpose()).to1DArray();
    assert(largestGap(products(found), products(exact)) < 1e-4);

    const gram = found.transpose().mmul(found).mul(UNOBSERVED_WEIGHT).to1DArray();
    assert(largestGap(gram, Matrix.diag(Array.from(diagonal)).to1DArray()) < 1e-4 * diagonal[0]);
  });

  Deno.test(`${users} × ${items}, ${factors} factors: threads don't change a bit`, async () => {
    const alone = await alternate(weights, start, { ...options, threads: 1 });
    for (const threads of [2, 3]) {
      assertEquals(await alternate(weights, start, { ...options, threads }), alone);
    }
  });
}

/** One side of a sweep, (α·YᵀY + λI + Σ w·y·yᵀ) x = Σ w·y, by a system per row. */
function solveRows(weights: Matrix, fixed: Matrix, lambdas: Float32Array): Matrix {
  const gram = fixed.transpose().mmul(fixed).mul(UNOBSERVED_WEIGHT);
  const identity = Matrix.eye(fixed.columns);
  return new Matrix(Array.from(lambdas, (lambda, row) => {
    const own = weights.getRow(row);
    const weighted = fixed.clone().mulColumnVector(own);
    const left = gram.clone().add(identity.clone().mul(lambda))
      .add(weighted.transpose().mmul(fixed));
    return solve(left, fixed.transpose().mmul(Matrix.columnVector(own))).to1DArray();
  }));
}

const TINY = {
  factors: 1,
  iterations: 1,
  unobservedWeight: 1,
  userRegularization: Float32Array.of(1, 1),
  itemRegularization: Float32Array.of(1, 1, 1, 1),
};

Deno.test("rows without entries, or with weights of 0 alone, get a vector of zero", async () => {
  const weights = {
    ...{ rows: 2, columns: 4, indptr: Uint32Array.of(0, 3, 3), indices: Uint32Array.of(0, 2, 3) },
    values: Float32Array.of(1, 0, 1),
  };
  const { vectors } = await alternate(weights, Float32Array.of(1, 2, 3, 1), TINY);
  // YᵀY = 15: x = (1 + 1) / (15 + 1 + 2) = 1/9; y = (1/9) / (1/81 + 1 + 1/81) = 9/83.
  assert(largestGap([...vectors].map(Math.abs), [9 / 83, 0, 0, 9 / 83]) < 1e-6);
});

Deno.test("progress rises to 1, by half a sweep", async () => {
  const reported: number[] = [];
  await alternate(
    randomCsr(2, 4, 0.5, 1),
    Float32Array.of(1, 2, 3, 1),
    { ...TINY, iterations: 2 },
    (done) => reported.push(done),
  );
  assertEquals(reported, [0.25, 0.5, 0.75, 1]);
});
