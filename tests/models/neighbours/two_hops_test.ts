import { Matrix } from "ml-matrix";
import { SparseSums } from "../../../src/linalg/sparse/sparse_scores.ts";
import { createTwoHops } from "../../../src/models/neighbours/two_hops.ts";
import { assert, assertEquals } from "../../assert.ts";
import { largestGap, randomCsr, toDense } from "../../linalg/made_at_random.ts";

const profile = { items: Uint32Array.of(1, 4, 7), ratings: Float32Array.of(1, 2, 0.5) };

Deno.test("two hops add r·AᵀA to the scores", () => {
  const a = randomCsr(20, 9, 0.3, 1);
  const r = Matrix.zeros(1, 9);
  profile.items.forEach((item, i) => r.set(0, item, profile.ratings[i]));
  const dense = toDense(a);
  const expected = r.mmul(dense.transpose()).mmul(dense).to1DArray();

  const scores = new SparseSums(9);
  createTwoHops(a)(profile, scores);
  assert(largestGap(scores.values, expected) < 1e-6);
});

Deno.test("a walk doesn't affect the next one", () => {
  const addTwoHops = createTwoHops(randomCsr(20, 9, 0.3, 1));
  const walk = () => {
    const scores = new SparseSums(9);
    addTwoHops(profile, scores);
    return scores.values;
  };
  assertEquals(walk(), walk());
});
