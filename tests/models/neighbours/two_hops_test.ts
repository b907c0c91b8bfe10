import { Matrix } from "ml-matrix";
import type { Csr } from "../../../src/linalg/sparse/csr.ts";
import { createTwoHops } from "../../../src/models/neighbours/two_hops.ts";
import { assert, assertEquals } from "../../assert.ts";
import { largestGap, randomCsr, toDense } from "../../linalg/made_at_random.ts";

const profile = { items: Uint32Array.of(1, 4, 7), ratings: Float32Array.of(1, 2, 0.5) };

/** Walks visit more pairs than an eighth of the items. */
const dense = randomCsr(20, 9, 0.3, 1);

/** Walks visit fewer. */
const sparse = randomCsr(20, 400, 0.02, 2);

/** r·AᵀA */
function expected(a: Csr): number[] {
  const r = Matrix.zeros(1, a.columns);
  profile.items.forEach((item, i) => r.set(0, item, profile.ratings[i]));
  return r.mmul(toDense(a).transpose()).mmul(toDense(a)).to1DArray();
}

Deno.test("two hops are r·AᵀA", () => {
  const { values, touched } = createTwoHops(dense)(profile);
  assert(largestGap(values, expected(dense)) < 1e-6);
  assertEquals(touched, undefined);
});

Deno.test("two hops that visit few pairs say which items they reach", () => {
  const { values, touched } = createTwoHops(sparse)(profile);
  const sums = expected(sparse);
  assert(largestGap(values, sums) < 1e-6);
  const reached = sums.flatMap((sum, item) => sum > 0 ? [item] : []);
  assert(reached.length > 3);
  assertEquals(touched?.toSorted(), Uint32Array.from(reached));
});

for (const [name, matrix] of Object.entries({ "many pairs": dense, "few pairs": sparse })) {
  Deno.test(`a walk doesn't affect the next one: ${name}`, () => {
    const walk = createTwoHops(matrix);
    const first = walk(profile).values.slice();
    walk({ items: Uint32Array.of(2, 5), ratings: Float32Array.of(3, 1) });
    assertEquals(walk(profile).values, first);
  });
}
