import {
  alternateLeastSquares,
  type AlternationOptions,
} from "../../../src/linalg/dense/alternating_least_squares.ts";
import { columnGram } from "../../../src/linalg/dense/gram.ts";
import { alternate } from "../../../src/linalg/kernels/alternate.ts";
import { assert, assertEquals } from "../../assert.ts";
import { largestGap, normals, randomCsr } from "../made_at_random.ts";

/** Some rows have no entries, some fewer than factors and some more. */
const SHAPES = [
  { users: 30, items: 12, density: 0.2, factors: 3 },
  { users: 90, items: 40, density: 0.3, factors: 8 },
  { users: 700, items: 50, density: 0.3, factors: 12 },
  { users: 60, items: 70, density: 0.05, factors: 5 },
];

for (const { users, items, density, factors } of SHAPES) {
  const weights = randomCsr(users, items, density, users);
  const start = Float32Array.from(normals(items * factors, factors));
  const options: AlternationOptions = {
    factors,
    iterations: 3,
    unobservedWeight: 0.2,
    base: 0.1,
    userRegularization: Float32Array.from({ length: users }, (_, user) => 0.5 + 0.1 * user),
    itemRegularization: Float32Array.from({ length: items }, (_, item) => 1 + 0.1 * item),
  };

  Deno.test(`${users} × ${items} with ${factors} factors: the kernels end where plain code does`, async () => {
    const { vectors, diagonal } = await alternate(weights, start, options);
    const plain = alternateLeastSquares(weights, start, options);
    // Products between items don't change with a turn of all vectors.
    assert(largestGap(products(vectors, factors), products(plain.vectors, factors)) < 1e-4);
    assert(largestGap(diagonal, plain.diagonal) < 1e-4 * plain.diagonal[0]);
    const gram = columnGram(vectors, factors);
    for (let i = 0; i < factors; i++) gram[i * factors + i] -= diagonal[i] / 0.2;
    assert(gram.every((value) => Math.abs(value) < 1e-4 * plain.diagonal[0]));
  });

  Deno.test(`${users} × ${items} with ${factors} factors: any number of threads, the same to the last bit`, async () => {
    const alone = await alternate(weights, start, { ...options, threads: 1 });
    for (const threads of [2, 3]) {
      assertEquals(await alternate(weights, start, { ...options, threads }), alone);
    }
  });
}

Deno.test("who has no entries, or only such as weigh nothing, has a vector of zero", async () => {
  const weights = {
    ...{ rows: 2, columns: 4, indptr: Uint32Array.of(0, 3, 3), indices: Uint32Array.of(0, 2, 3) },
    values: Float32Array.of(1, 0, 1),
  };
  const { vectors } = await alternate(weights, Float32Array.of(1, 2, 3, 1), {
    factors: 1,
    iterations: 1,
    unobservedWeight: 1,
    base: 2,
    userRegularization: Float32Array.of(1, 1),
    itemRegularization: Float32Array.of(1, 1, 1, 1),
  });
  // YᵀY = 15: x = 3·(1 + 1) / (15 + 1 + 2) = 1/3; y = 3·(1/3) / (1/9 + 1 + 1/9) = 9/11.
  assert(largestGap([...vectors].map(Math.abs), [9 / 11, 0, 0, 9 / 11]) < 1e-6);
});

/** Y·Yᵀ */
function products(vectors: Float32Array, factors: number): number[] {
  const rows = Array.from(
    { length: vectors.length / factors },
    (_, i) => vectors.subarray(i * factors, (i + 1) * factors),
  );
  return rows.flatMap((a) => rows.map((b) => a.reduce((sum, value, f) => sum + value * b[f], 0)));
}
