import { symmetricEigen } from "../../../src/linalg/dense/symmetric_eigen.ts";
import { assert, assertAlmostEquals } from "../../assert.ts";
import { largestGap } from "../made_at_random.ts";

Deno.test("eigenvalues come largest first, their vectors in the columns", async () => {
  // Of [[2, 1], [1, 2]]: 3 along (1, 1), 1 along (1, −1).
  const { values, vectors } = await symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
  assert(largestGap(values, [3, 1]) < 1e-14);
  assertAlmostEquals(vectors[0], vectors[2], 1e-14);
  assertAlmostEquals(vectors[1], -vectors[3], 1e-14);
  assertAlmostEquals(Math.abs(vectors[0]), Math.SQRT1_2, 1e-14);
});
