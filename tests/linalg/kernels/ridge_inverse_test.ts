import { inverse, Matrix } from "ml-matrix";
import { invertRidge } from "../../../src/linalg/kernels/invert_ridge.ts";
import { ridgeInverse } from "../../../src/linalg/kernels/ridge_inverse.ts";
import type { Csr } from "../../../src/linalg/sparse/csr.ts";
import { assert, assertEquals } from "../../assert.ts";
import { largestGap, randomCsr, toDense } from "../made_at_random.ts";

const SHAPES = [
  { rows: 30, columns: 12, share: 0.3, lambda: 2 },
  { rows: 300, columns: 150, share: 0.05, lambda: 10 },
  { rows: 40, columns: 70, share: 0.03, lambda: 0.5 },
];

/** All columns, one after another, as the solver tells them. */
async function columnsOf(
  invert: typeof invertRidge,
  matrix: Csr,
  options: { lambda: number; tolerance: number; threads?: number },
): Promise<{ converged: boolean; columns: Float32Array }> {
  const columns = new Float32Array(matrix.columns ** 2);
  const told: number[] = [];
  const converged = await invert(matrix, {
    ...options,
    visit(column, values) {
      columns.set(values, column * matrix.columns);
      told.push(column);
    },
  });
  if (converged) assertEquals(told, Array.from(told, (_, i) => i));
  return { converged, columns };
}

const plain: typeof invertRidge = (...parameters) => Promise.resolve(ridgeInverse(...parameters));

for (const [name, invert] of Object.entries({ "plain code": plain, kernels: invertRidge })) {
  for (const { rows, columns, share, lambda } of SHAPES) {
    Deno.test(`${rows} × ${columns}: ${name} give the inverse that ml-matrix gives`, async () => {
      const matrix = randomCsr(rows, columns, share, rows);
      const dense = toDense(matrix);
      const gram = dense.transpose().mmul(dense).add(Matrix.eye(columns).mul(lambda));
      const { converged, columns: found } = await columnsOf(invert, matrix, {
        lambda,
        tolerance: 1e-5,
      });
      assert(converged);
      // A residual of 10⁻⁵ leaves an error of at most that over the smallest eigenvalue, λ.
      assert(largestGap(found, inverse(gram).to1DArray()) < 2e-5 / lambda);
    });
  }

  Deno.test(`${name} say when they don't converge`, async () => {
    // A chain, each row joining two neighbors: what is known of one end takes 1,500 steps to reach the other.
    const matrix = {
      rows: 1499,
      columns: 1500,
      indptr: Uint32Array.from({ length: 1500 }, (_, row) => 2 * row),
      indices: Uint32Array.from({ length: 2998 }, (_, p) => (p + 1) >> 1),
      values: Float32Array.from({ length: 2998 }, (_, p) => p % 2 === 0 ? 1 : -1),
    };
    const { converged } = await columnsOf(invert, matrix, { lambda: 1e-12, tolerance: 1e-6 });
    assertEquals(converged, false);
  });
}

Deno.test("kernels give the same to the last bit with any number of threads", async () => {
  const matrix = randomCsr(200, 300, 0.05, 5);
  const options = { lambda: 3, tolerance: 1e-3 };
  const alone = await columnsOf(invertRidge, matrix, { ...options, threads: 1 });
  for (const threads of [2, 3]) {
    assertEquals(await columnsOf(invertRidge, matrix, { ...options, threads }), alone);
  }
});

Deno.test("progress rises to 1", async () => {
  const told: number[] = [];
  const matrix = randomCsr(20, 40, 0.2, 6);
  const options = { lambda: 1, tolerance: 1e-2, visit: () => {} };
  await invertRidge(matrix, options, (done) => told.push(done));
  assertEquals(told, Array.from({ length: 40 }, (_, i) => (i + 1) / 40));
});
