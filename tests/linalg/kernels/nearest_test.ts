import { Matrix } from "ml-matrix";
import { nearestColumns, type NearestOptions } from "../../../src/linalg/kernels/nearest.ts";
import { assert, assertEquals } from "../../assert.ts";
import { largestGap, randomCsr, toDense } from "../made_at_random.ts";

const a = randomCsr(30, 12, 0.2, 4);
const options: NearestOptions = {
  damping: Float64Array.from({ length: 30 }, (_, row) => 1 / (1 + row)),
  similarity: "conditional",
  norms: Float64Array.from({ length: 12 }, (_, column) => 1 + column),
  damped: Float64Array.from({ length: 12 }, (_, column) => 2 + column),
  shrinkage: 0.5,
  keep: 12,
};

Deno.test("rows are those of AᵀDA without its diagonal, divided by norms", async () => {
  const dense = toDense(a);
  const expected = dense.transpose().mmul(Matrix.diag([...options.damping])).mmul(dense);
  for (let i = 0; i < 12; i++) {
    for (let j = 0; j < 12; j++) {
      const sum = i === j ? 0 : expected.get(i, j);
      expected.set(i, j, sum / ((1 + i) * (2 + j) + 0.5));
    }
  }
  const found = await nearestColumns(a, options);
  assert(largestGap(toDense(found).to1DArray(), expected.to1DArray()) < 1e-6);
  const inOrder = [...found.indices].every((column, p) =>
    found.indptr.includes(p) || found.indices[p - 1] < column
  );
  assert(inOrder);
});

Deno.test("any number of threads gives the same to the last bit", async () => {
  const large = randomCsr(4000, 300, 0.05, 5);
  const ones = new Float64Array(300).fill(1);
  const many = {
    ...options,
    ...{ damping: new Float64Array(4000).fill(0.7), norms: ones, damped: ones, keep: 9 },
  };
  const alone = await nearestColumns(large, { ...many, threads: 1 });
  for (const threads of [2, 3]) {
    assertEquals(await nearestColumns(large, { ...many, threads }), alone);
  }
});

Deno.test("progress ends at 1", async () => {
  const reported: number[] = [];
  await nearestColumns(a, options, (done) => reported.push(done));
  assertEquals(reported.at(-1), 1);
});
