import { inverse, Matrix } from "ml-matrix";
import { invertRidge } from "../../../src/linalg/kernels/invert_ridge.ts";
import type { Csr } from "../../../src/linalg/sparse/csr.ts";
import { assert, assertEquals } from "../../assert.ts";
import { largestGap, randomCsr, toDense } from "../made_at_random.ts";

const SHAPES = [
  { rows: 30, columns: 12, share: 0.3, lambda: 2 },
  { rows: 300, columns: 150, share: 0.05, lambda: 10 },
  { rows: 40, columns: 70, share: 0.03, lambda: 0.5 },
];

/** All columns, one after another, as the solver visits them. */
async function columnsOf(
  matrix: Csr,
  options: { lambda: number; tolerance: number; threads?: number },
): Promise<{ converged: boolean; columns: Float32Array }> {
  const columns = new Float32Array(matrix.columns ** 2);
  const visited: number[] = [];
  const converged = await invertRidge(matrix, {
    ...options,
    visit(column, values) {
      columns.set(values, column * matrix.columns);
      visited.push(column);
    },
  });
  if (converged) assertEquals(visited, Array.from(visited, (_, i) => i));
  return { converged, columns };
}

for (const { rows, columns, share, lambda } of SHAPES) {
  Deno.test(`${rows} × ${columns}: the inverse is the one that ml-matrix gives`, async () => {
    const matrix = randomCsr(rows, columns, share, rows);
    const dense = toDense(matrix);
    const gram = dense.transpose().mmul(dense).add(Matrix.eye(columns).mul(lambda));
    const { converged, columns: found } = await columnsOf(matrix, { lambda, tolerance: 1e-5 });
    assert(converged);
    // A residual of 10⁻⁵ means an error of at most 10⁻⁵ over the smallest eigenvalue, λ.
    assert(largestGap(found, inverse(gram).to1DArray()) < 2e-5 / lambda);
  });
}

Deno.test("a system that doesn't converge is reported", async () => {
  // A chain whose rows each join two neighbors: information takes 1,500 steps to cross it.
  const matrix = {
    rows: 1499,
    columns: 1500,
    indptr: Uint32Array.from({ length: 1500 }, (_, row) => 2 * row),
    indices: Uint32Array.from({ length: 2998 }, (_, p) => (p + 1) >> 1),
    values: Float32Array.from({ length: 2998 }, (_, p) => p % 2 === 0 ? 1 : -1),
  };
  const { converged } = await columnsOf(matrix, { lambda: 1e-12, tolerance: 1e-6 });
  assertEquals(converged, false);
});

Deno.test("any number of threads gives the same to the last bit", async () => {
  const matrix = randomCsr(200, 300, 0.05, 5);
  const options = { lambda: 3, tolerance: 1e-3 };
  const alone = await columnsOf(matrix, { ...options, threads: 1 });
  for (const threads of [2, 3]) {
    assertEquals(await columnsOf(matrix, { ...options, threads }), alone);
  }
});

Deno.test("progress rises to 1", async () => {
  const reported: number[] = [];
  const matrix = randomCsr(20, 40, 0.2, 6);
  const options = { lambda: 1, tolerance: 1e-2, visit: () => {} };
  await invertRidge(matrix, options, (done) => reported.push(done));
  assertEquals(reported, Array.from({ length: 40 }, (_, i) => (i + 1) / 40));
});
