import { Matrix } from "ml-matrix";
import { packCodes, unpackCodes } from "../../../src/linalg/sparse/coded_csr.ts";
import type { Csr } from "../../../src/linalg/sparse/csr.ts";
import { createTwoHops, type WalkWeights } from "../../../src/models/neighbours/two_hops.ts";
import { assert, assertEquals } from "../../assert.ts";
import { largestGap, randomCsr, toDense } from "../../linalg/made_at_random.ts";

const profile = { items: Uint32Array.of(1, 4, 7), ratings: Float32Array.of(1, 2, 0.5) };

/** Walks visit more pairs than an eighth of the items. */
const dense = randomCsr(20, 9, 0.3, 1);

/** Walks visit fewer. */
const sparse = randomCsr(20, 400, 0.02, 2);

function weightsOf({ rows, columns }: Csr): WalkWeights {
  return {
    users: Float32Array.from({ length: rows }, (_, user) => 1 / (1 + user)),
    items: Float32Array.from({ length: columns }, (_, item) => 2 - item / columns),
  };
}

function prepare(matrix: Csr) {
  return createTwoHops(unpackCodes(packCodes(matrix)), weightsOf(matrix));
}

/** r·Q·RᵀPR·Q */
function expected(matrix: Csr): number[] {
  const { users, items } = weightsOf(matrix);
  const r = toDense(matrix), p = Matrix.diag([...users]), q = Matrix.diag([...items]);
  const history = Matrix.zeros(1, matrix.columns);
  profile.items.forEach((item, i) => history.set(0, item, profile.ratings[i]));
  return history.mmul(q).mmul(r.transpose()).mmul(p).mmul(r).mmul(q).to1DArray();
}

Deno.test("two hops are r·Q·RᵀPR·Q", () => {
  const { values, touched } = prepare(dense)(profile);
  assert(largestGap(values, expected(dense)) < 1e-5);
  assertEquals(touched, undefined);
});

Deno.test("two hops that visit few pairs say which items they reach", () => {
  const { values, touched } = prepare(sparse)(profile);
  const sums = expected(sparse);
  assert(largestGap(values, sums) < 1e-5);
  const reached = sums.flatMap((sum, item) => sum > 0 ? [item] : []);
  assert(reached.length > 3);
  assertEquals(touched?.toSorted(), Uint32Array.from(reached));
});

for (const [name, matrix] of Object.entries({ "many pairs": dense, "few pairs": sparse })) {
  Deno.test(`a walk doesn't affect the next one: ${name}`, () => {
    const walk = prepare(matrix);
    const first = walk(profile).values.slice();
    walk({ items: Uint32Array.of(2, 5), ratings: Float32Array.of(3, 1) });
    assertEquals(walk(profile).values, first);
  });
}

Deno.test("users and items without pairs take no part", () => {
  const matrix = {
    ...{ rows: 3, columns: 4, indptr: Uint32Array.of(0, 0, 2, 2) },
    ...{ indices: Uint32Array.of(1, 3), values: Float32Array.of(1, 2) },
  };
  const ones = { users: new Float32Array(3).fill(1), items: new Float32Array(4).fill(1) };
  const walk = createTwoHops(unpackCodes(packCodes(matrix)), ones);
  assertEquals(
    walk({ items: Uint32Array.of(1), ratings: Float32Array.of(3) }).values,
    Float32Array.of(0, 3, 0, 6),
  );
  assertEquals(
    walk({ items: Uint32Array.of(0), ratings: Float32Array.of(3) }).values,
    new Float32Array(4),
  );
});
