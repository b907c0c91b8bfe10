import { Matrix, SVD } from "ml-matrix";
import { randomizedSvd } from "../../../src/linalg/kernels/randomized_svd.ts";
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "../../assert.ts";
import { largestGap, randomCsr, toDense } from "../made_at_random.ts";

Deno.test("singular values and vectors are those of ml-matrix's full decomposition", async () => {
  for (const [rows, columns] of [[60, 40], [40, 60]]) {
    const matrix = randomCsr(rows, columns, 0.2, 7);
    const full = new SVD(toDense(matrix), { autoTranspose: true });
    const { singularValues, rightVectors } = await randomizedSvd(matrix, {
      rank: 6,
      iterations: 60,
      seed: 1,
    });
    assert(largestGap(singularValues, full.diagonal.slice(0, 6)) < 1e-9);
    for (let f = 0; f < 6; f++) {
      const exact = full.rightSingularVectors.getColumn(f);
      const cosine = exact.reduce((sum, value, c) => sum + value * rightVectors[c * 6 + f], 0);
      assertAlmostEquals(Math.abs(cosine), 1, 1e-6);
    }
  }
});

Deno.test("a few iterations capture nearly all the energy of the exact subspace", async () => {
  const matrix = randomCsr(300, 200, 0.05, 8);
  const exact = new SVD(toDense(matrix)).diagonal.slice(0, 10);
  const { singularValues } = await randomizedSvd(matrix, { rank: 10, iterations: 4, seed: 1 });
  const energy = (values: ArrayLike<number>) =>
    Array.from(values).reduce((sum, value) => sum + value * value, 0);
  assert(energy(singularValues) > 0.99 * energy(exact));
  assert(energy(singularValues) <= energy(exact));
});

Deno.test("a matrix of lower rank has singular values and vectors of zero", async () => {
  // Two kinds of rows, (1 1 0 0) and (0 0 1 2), three times each: σ = √15 and √6.
  const { singularValues, rightVectors } = await randomizedSvd({
    rows: 6,
    columns: 4,
    indptr: Uint32Array.of(0, 2, 4, 6, 8, 10, 12),
    indices: Uint32Array.of(0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2, 3),
    values: Float32Array.of(1, 1, 1, 1, 1, 1, 1, 2, 1, 2, 1, 2),
  }, { rank: 4, iterations: 3, seed: 1 });
  assert(largestGap(singularValues, [Math.sqrt(15), Math.sqrt(6), 0, 0]) < 1e-6);
  const column = (f: number) => [0, 1, 2, 3].map((c) => Math.abs(rightVectors[c * 4 + f]));
  assert(largestGap(column(0), [0, 0, Math.sqrt(1 / 5), Math.sqrt(4 / 5)]) < 1e-6);
  assert(largestGap(column(1), [Math.SQRT1_2, Math.SQRT1_2, 0, 0]) < 1e-6);
  assert(rightVectors.every(Number.isFinite));
});

Deno.test("a full rank gives all singular values, and the same seed the same vectors", async () => {
  const matrix = randomCsr(9, 5, 0.6, 9);
  const options = { rank: 5, iterations: 30, seed: 4 };
  const { singularValues, rightVectors } = await randomizedSvd(matrix, options);
  assert(largestGap(singularValues, new SVD(toDense(matrix)).diagonal) < 1e-9);
  assertEquals((await randomizedSvd(matrix, options)).rightVectors, rightVectors);
});

Deno.test("a repeated singular value is found as often as the rank asks for", async () => {
  const { singularValues, rightVectors } = await randomizedSvd({
    rows: 30,
    columns: 30,
    indptr: Uint32Array.from({ length: 31 }, (_, i) => i),
    indices: Uint32Array.from({ length: 30 }, (_, i) => i),
    values: new Float32Array(30).fill(2),
  }, { rank: 12, iterations: 1, seed: 1 });
  assert(largestGap(singularValues, new Float64Array(12).fill(2)) < 1e-9);
  const v = Matrix.from1DArray(30, 12, rightVectors);
  assert(largestGap(v.transpose().mmul(v).to1DArray(), Matrix.eye(12).to1DArray()) < 1e-6);
});

Deno.test("any number of threads gives the same to the last bit", async () => {
  const matrix = randomCsr(300, 100, 0.05, 8);
  const options = { rank: 10, iterations: 4, seed: 1 };
  const alone = await randomizedSvd(matrix, { ...options, threads: 1 });
  for (const threads of [2, 3]) {
    assertEquals(await randomizedSvd(matrix, { ...options, threads }), alone);
  }
});

Deno.test("progress rises to 1", async () => {
  const reported: number[] = [];
  const matrix = randomCsr(50, 40, 0.2, 9);
  await randomizedSvd(matrix, { rank: 2, iterations: 1, seed: 4 }, (done) => reported.push(done));
  assertEquals(reported, [0.25, 0.5, 0.75, 1]);
});

Deno.test("a rank above the smaller side is rejected", async () => {
  await assertRejects(
    () => randomizedSvd(randomCsr(9, 5, 0.6, 9), { rank: 6, iterations: 1, seed: 1 }),
    RangeError,
    "rank must be at most 5, got 6",
  );
});
